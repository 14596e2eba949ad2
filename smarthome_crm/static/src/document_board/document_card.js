import { Component, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { useAutofocus } from "@web/core/utils/hooks";

/** What the drag of a card carries, so that it is not taken for files from outside. */
export const CARD_TYPE = "application/x-smarthome-document";

/** One file: thumbnail, name, and what may be done with it. */
export class DocumentCard extends Component {
    static template = "smarthome_crm.DocumentCard";
    static components = { Dropdown, DropdownItem };
    static props = {
        file: Object,
        folders: Array,
        canWrite: Boolean,
        isInTrash: { type: Boolean, optional: true },
        open: Function,
        rename: { type: Function, optional: true },
        move: { type: Function, optional: true },
        remove: { type: Function, optional: true },
        restore: { type: Function, optional: true },
    };

    setup() {
        this.state = useState({ isRenaming: false, hasNoThumbnail: false });
        useAutofocus({ refName: "name", selectAll: true });
    }

    get canMove() {
        return this.props.canWrite && Boolean(this.props.move);
    }

    get otherFolders() {
        return this.props.folders.filter((folder) => folder.id !== this.props.file.folderId);
    }

    /** @param {DragEvent} ev */
    onDragStart(ev) {
        ev.dataTransfer.setData(CARD_TYPE, this.props.file.key);
        ev.dataTransfer.effectAllowed = "move";
    }

    startRenaming() {
        this.state.isRenaming = true;
    }

    /** @param {KeyboardEvent} ev */
    onNameKeydown(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            ev.stopPropagation();
            ev.target.blur();
        } else if (ev.key === "Escape") {
            ev.stopPropagation();
            this.state.isRenaming = false;
        }
    }

    /** @param {FocusEvent} ev */
    async onNameBlur(ev) {
        if (!this.state.isRenaming) {
            return;
        }
        const name = ev.target.value.trim();
        this.state.isRenaming = false;
        if (name && name !== this.props.file.name) {
            await this.props.rename(this.props.file, name);
        }
    }
}
