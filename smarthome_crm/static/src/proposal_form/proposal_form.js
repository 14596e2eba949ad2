import "@mail/chatter/web/form_renderer";

import { patch } from "@web/core/utils/patch";
import { FormRenderer } from "@web/views/form/form_renderer";

/** The chatter of a proposal goes below: its lines and the panel beside them need the width. */
patch(FormRenderer.prototype, {
    mailLayout(hasAttachmentContainer) {
        const layout = super.mailLayout(hasAttachmentContainer);
        const { resModel, data } = this.props.record;
        const isProposal = resModel === "sale.order" && Boolean(data.smarthome_object_id);
        return layout === "SIDE_CHATTER" && isProposal ? "BOTTOM_CHATTER" : layout;
    },
});
