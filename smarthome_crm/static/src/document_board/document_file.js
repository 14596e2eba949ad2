import { FileModel } from "@web/core/file_viewer/file_model";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { humanNumber } from "@web/core/utils/numbers";

/** A file of an object as Odoo's viewer wants it, and as the board shows it. */
export class DocumentFile extends FileModel {
    /** @param {Object} data what `smarthome.object.get_documents` says of the file */
    constructor(data) {
        super();
        Object.assign(this, {
            documentId: data.id || false,
            folderId: data.folder_id || false,
            id: data.attachment_id,
            name: data.name,
            mimetype: data.mimetype,
            checksum: data.checksum,
            size: data.size,
            date: deserializeDateTime(data.date),
            author: data.author,
            type: "binary",
            extension: data.name.includes(".") ? data.name.split(".").pop().toLowerCase() : "",
        });
    }

    get key() {
        return this.documentId ? `d${this.documentId}` : `a${this.id}`;
    }

    get thumbnailUrl() {
        return `/web/image/${this.id}/240x160?unique=${this.checksum}`;
    }

    get sizeText() {
        return `${humanNumber(this.size, { decimals: this.size < 1000 ? 0 : 1 })}B`;
    }

    get dateText() {
        return this.date.toRelativeCalendar();
    }

    get dateTitle() {
        return this.date.toLocaleString(luxon.DateTime.DATETIME_MED);
    }
}
