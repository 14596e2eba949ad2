import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { getDataURLFromFile } from "@web/core/utils/urls";
import { useDropzone } from "@web/core/dropzone/dropzone_hook";
import { BinaryField, binaryField } from "@web/views/fields/binary/binary_field";
import { useRef } from "@odoo/owl";

/** A file chosen or dropped anywhere on the form is saved and checked at once. */
export class ImportFileField extends BinaryField {
    static template = "smarthome_crm.ImportFileField";

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.ui = useService("ui");
        this.root = useRef("root");
        useDropzone(this.root, (ev) => this.onDrop(ev), "o_smarthome_import_dropzone");
    }

    async onDrop(ev) {
        const file = ev.dataTransfer.files[0];
        if (file) {
            const url = await getDataURLFromFile(file);
            await this.update({ data: url.split(",")[1], name: file.name });
        }
    }

    async update(file) {
        await super.update(file);
        const { record } = this.props;
        if (!file.data || !(await record.save({ reload: false }))) {
            return;
        }
        this.ui.block();
        try {
            await this.orm.call(record.resModel, "action_check", [[record.resId]]);
        } finally {
            this.ui.unblock();
            await record.load();
        }
    }
}

registry.category("fields").add("smarthome_import_file", {
    ...binaryField,
    component: ImportFileField,
});
