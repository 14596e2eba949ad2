import { Component, onWillStart, onWillUpdateProps, toRaw, useState } from "@odoo/owl";
import { isMobileOS } from "@web/core/browser/feature_detection";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { useFileViewer } from "@web/core/file_viewer/file_viewer_hook";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { CARD_TYPE, DocumentCard } from "./document_card";
import { DocumentFile } from "./document_file";

const UPLOAD_URL = "/smarthome/documents/upload";
const MEGABYTE = 1024 * 1024;

/** The folders of an object side by side: drop files on them, move files between them. */
export class DocumentBoard extends Component {
    static template = "smarthome_crm.DocumentBoard";
    static components = { DocumentCard };
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.fileUpload = useService("file_upload");
        this.fileViewer = useFileViewer();
        this.uploads = useState(this.fileUpload.uploads);
        this.state = useState({
            folders: [],
            files: [],
            trash: [],
            messages: [],
            canWrite: false,
            limit: 0,
            over: null,
            showsTrash: false,
            newFolder: null,
        });
        useBus(this.fileUpload.bus, "FILE_UPLOAD_LOADED", ({ detail }) =>
            this.onUploaded(detail.upload)
        );
        onWillStart(() => this.load(this.props.record.resId));
        onWillUpdateProps(async (props) => {
            if (props.record.resId !== this.objectId) {
                await this.load(props.record.resId);
            }
        });
    }

    get hasCamera() {
        return this.env.isSmall || isMobileOS();
    }

    async load(objectId) {
        this.objectId = objectId;
        if (!objectId) {
            return;
        }
        const data = await this.orm.call("smarthome.object", "get_documents", [[objectId]]);
        const toFiles = (files) => files.map((file) => new DocumentFile(file));
        Object.assign(this.state, {
            folders: data.folders,
            files: toFiles(data.documents),
            trash: toFiles(data.trash),
            messages: toFiles(data.messages),
            canWrite: data.can_write,
            limit: data.limit,
        });
    }

    /** The name of a folder, which may be broken after its underscores. */
    titleOf(folder) {
        return folder.name.replaceAll("_", "_\u200b");
    }

    filesOf(folder) {
        return this.state.files.filter((file) => file.folderId === folder.id);
    }

    uploadsOf(folder) {
        return Object.values(this.uploads).filter(
            (upload) => Number(upload.data.get("folder_id")) === folder.id
        );
    }

    percentOf(upload) {
        return Math.round(upload.progress * 100);
    }

    // --- Files coming in ---

    /** @param {Event} ev of an input of files */
    onFilesChosen(folder, ev) {
        this.upload(folder, [...ev.target.files]);
        ev.target.value = "";
    }

    /** Send each file by itself, so that one that is refused does not stop the others. */
    upload(folder, files) {
        for (const file of files) {
            if (file.size > this.state.limit * MEGABYTE) {
                this.notification.add(
                    _t("“%(name)s” is larger than %(limit)s MB.", {
                        name: file.name,
                        limit: this.state.limit,
                    }),
                    { type: "danger" }
                );
                continue;
            }
            this.fileUpload.upload(UPLOAD_URL, [file], {
                buildFormData: (data) => data.append("folder_id", folder.id),
            });
        }
    }

    onUploaded(upload) {
        const folderId = Number(upload.data.get("folder_id"));
        if (!this.state.folders.some((folder) => folder.id === folderId)) {
            return;
        }
        const { documents } = JSON.parse(upload.xhr.responseText ?? upload.xhr.response);
        this.state.files.unshift(...documents.map((data) => new DocumentFile(data)));
        this.refreshCount();
    }

    /** Show the new number of documents, unless the form has unsaved changes. */
    async refreshCount() {
        const { record } = this.props;
        if (record.load && !(await record.isDirty())) {
            await record.load();
        }
    }

    // --- Drag and drop ---

    isWelcome(ev) {
        const types = [...ev.dataTransfer.types];
        return this.state.canWrite && (types.includes("Files") || types.includes(CARD_TYPE));
    }

    onDragOver(folder, ev) {
        if (this.isWelcome(ev)) {
            ev.preventDefault();
            ev.stopPropagation();
            this.state.over = folder.id;
        }
    }

    onDragLeave(ev) {
        if (!ev.currentTarget.contains(ev.relatedTarget)) {
            this.state.over = null;
        }
    }

    async onDrop(folder, ev) {
        if (!this.isWelcome(ev)) {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
        this.state.over = null;
        const key = ev.dataTransfer.getData(CARD_TYPE);
        if (!key) {
            this.upload(folder, [...ev.dataTransfer.files]);
            return;
        }
        const file = [...this.state.files, ...this.state.messages].find((one) => one.key === key);
        if (file && file.folderId !== folder.id) {
            await this.move(file, folder);
        }
    }

    // --- What may be done with a file ---

    /** Show a file among its neighbours; the viewer compares files by identity. */
    open(file, files) {
        if (file.isViewable) {
            this.fileViewer.open(toRaw(file), files.map(toRaw));
        } else {
            window.location.assign(file.downloadUrl);
        }
    }

    async move(file, folder) {
        if (file.documentId) {
            await this.orm.write("smarthome.document", [file.documentId], { folder_id: folder.id });
            file.folderId = folder.id;
        } else {
            await this.orm.create("smarthome.document", [
                { folder_id: folder.id, attachment_id: file.id },
            ]);
            await this.load(this.objectId);
            this.refreshCount();
        }
    }

    async rename(file, name) {
        await this.orm.write("smarthome.document", [file.documentId], { name });
        await this.load(this.objectId);
    }

    async remove(file) {
        await this.orm.call("smarthome.document", "action_archive", [[file.documentId]]);
        this.state.files = this.state.files.filter((one) => one.key !== file.key);
        this.state.trash.unshift(file);
        this.refreshCount();
        const close = this.notification.add(_t("“%s” is in the trash.", file.name), {
            type: "info",
            buttons: [
                {
                    name: _t("Undo"),
                    primary: true,
                    onClick: async () => {
                        close();
                        await this.restore(file);
                    },
                },
            ],
        });
    }

    async restore(file) {
        await this.orm.call("smarthome.document", "action_unarchive", [[file.documentId]]);
        this.state.trash = this.state.trash.filter((one) => one.key !== file.key);
        this.state.files.unshift(file);
        this.refreshCount();
    }

    // --- Folders ---

    async addFolder(ev) {
        const name = ev.target.value.trim();
        this.state.newFolder = null;
        if (name) {
            await this.orm.create("smarthome.folder", [{ object_id: this.objectId, name }]);
            await this.load(this.objectId);
        }
    }

    onNewFolderKeydown(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            ev.stopPropagation();
            ev.target.blur();
        } else if (ev.key === "Escape") {
            ev.stopPropagation();
            ev.target.value = "";
            ev.target.blur();
        }
    }

    removeFolder(folder) {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Remove the folder"),
            body: _t("Remove the folder “%s”?", folder.name),
            confirmLabel: _t("Remove"),
            confirm: async () => {
                await this.orm.unlink("smarthome.folder", [folder.id]);
                await this.load(this.objectId);
            },
            cancel: () => {},
        });
    }
}

registry.category("view_widgets").add("smarthome_documents", { component: DocumentBoard });
