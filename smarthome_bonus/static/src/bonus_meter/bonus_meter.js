import { patch } from "@web/core/utils/patch";
import { formatMonetary } from "@web/views/fields/formatters";
import { ProposalProfitPanel } from "@smarthome_crm/proposal_profit_panel/proposal_profit_panel";

/** The manager's bonus below the profit; it moves with each edit, before anything is saved. */
patch(ProposalProfitPanel.prototype, {
    get bonus() {
        return this.data.smarthome_bonus_meter || null;
    },

    bonusMoney(amount) {
        return formatMonetary(amount, { currencyId: this.bonus.currency_id });
    },
});
