import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { queryAllTexts, queryOne, setInputFiles } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");

class SmarthomeObject extends models.Model {
    _name = "smarthome.object";

    name = fields.Char();

    _records = [{ id: 1, name: "Lake house" }];
}

defineMailModels();
defineModels([SmarthomeObject]);

const FOLDERS = [
    { id: 10, name: "ТЗ_от_Клиента", code: "brief" },
    { id: 11, name: "ФОТО", code: "photo" },
    { id: 12, name: "Схемы", code: false },
];

function makeFile(id, name, folderId, mimetype = "text/plain") {
    return {
        id,
        attachment_id: 100 + id,
        name,
        mimetype,
        size: 2048,
        checksum: `c${id}`,
        date: "2026-01-15 10:00:00",
        author: "Test manager",
        folder_id: folderId,
    };
}

let data;

beforeEach(() => {
    data = {
        folders: FOLDERS,
        documents: [makeFile(1, "brief.txt", 10), makeFile(2, "house.png", 11, "image/png")],
        trash: [],
        messages: [{ ...makeFile(0, "mail.txt", false), id: undefined, attachment_id: 300 }],
        can_write: true,
        limit: 1,
    };
    onRpc("smarthome.object", "get_documents", () => data);
    onRpc("/web/image/*", () => "");
});

async function mountBoard() {
    await mountView({
        type: "form",
        resModel: "smarthome.object",
        resId: 1,
        arch: /* xml */ `<form><field name="name"/><widget name="smarthome_documents"/></form>`,
    });
}

const names = (folder) => queryAllTexts(`[data-folder='${folder}'] .o_smarthome_document_name`);

test("folders stand side by side with their files", async () => {
    await mountBoard();
    expect(queryAllTexts(".o_smarthome_folder header b")).toEqual([
        "ТЗ_\u200bот_\u200bКлиента",
        "ФОТО",
        "Схемы",
        "From messages",
    ]);
    expect(names("brief")).toEqual(["brief.txt"]);
    expect(names("messages")).toEqual(["mail.txt"]);
    expect("[data-folder='photo'] img").toHaveCount(1);
    expect(".o_smarthome_camera").toHaveCount(0);
});

test("a card dropped on another folder moves its document", async () => {
    onRpc("smarthome.document", "write", ({ args }) => {
        expect.step(["write", ...args]);
        return true;
    });
    await mountBoard();
    const transfer = new DataTransfer();
    const card = queryOne("[data-folder='brief'] .o_smarthome_document");
    const target = queryOne("[data-folder='photo']");
    const fire = (element, type) =>
        element.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }));
    fire(card, "dragstart");
    fire(target, "dragover");
    await animationFrame();
    expect("[data-folder='photo']").toHaveClass("o_smarthome_folder_over");
    fire(target, "drop");
    await animationFrame();
    expect.verifySteps([["write", [1], { folder_id: 11 }]]);
    expect(names("photo")).toEqual(["brief.txt", "house.png"]);
    expect("[data-folder='photo']").not.toHaveClass("o_smarthome_folder_over");
});

test("a file of a message is moved by the menu", async () => {
    onRpc("smarthome.document", "create", ({ args }) => {
        expect.step(["create", args[0]]);
        data.messages = [];
        data.documents.push(makeFile(3, "mail.txt", 12));
        return [3];
    });
    await mountBoard();
    await contains("[data-folder='messages'] .o_smarthome_document_menu").click();
    await contains(".o_smarthome_document_move:contains(Схемы)").click();
    expect.verifySteps([["create", [{ folder_id: 12, attachment_id: 300 }]]]);
    expect(names(12)).toEqual(["mail.txt"]);
    expect("[data-folder='messages']").toHaveCount(0);
});

test("to the trash and back", async () => {
    onRpc("smarthome.document", "action_archive", ({ args }) => {
        expect.step(["archive", args[0]]);
        return true;
    });
    onRpc("smarthome.document", "action_unarchive", ({ args }) => {
        expect.step(["back", args[0]]);
        return true;
    });
    await mountBoard();
    await contains("[data-folder='brief'] .o_smarthome_document_menu").click();
    await contains(".o_smarthome_document_remove").click();
    expect.verifySteps([["archive", [1]]]);
    expect(names("brief")).toEqual([]);
    await contains(".o_notification_buttons button:contains(Undo)").click();
    expect.verifySteps([["back", [1]]]);
    expect(names("brief")).toEqual(["brief.txt"]);
});

test("rename in place", async () => {
    onRpc("smarthome.document", "write", ({ args }) => {
        expect.step(["write", ...args]);
        data.documents[0].name = args[1].name;
        return true;
    });
    await mountBoard();
    await contains("[data-folder='brief'] .o_smarthome_document_menu").click();
    await contains(".o_smarthome_document_edit").click();
    await contains(".o_smarthome_document_rename").edit("ТЗ.txt", { confirm: "enter" });
    await animationFrame();
    expect.verifySteps([["write", [1], { name: "ТЗ.txt" }]]);
    expect(names("brief")).toEqual(["ТЗ.txt"]);
});

test("files are uploaded one by one, with those too large left out", async () => {
    let id = 20;
    onRpc("/smarthome/documents/upload", async (request) => {
        const body = await request.formData();
        const file = body.get("ufile");
        expect.step(`${file.name} -> ${body.get("folder_id")}`);
        return JSON.stringify({ documents: [makeFile(++id, file.name, 11, "image/png")] });
    });
    await mountBoard();
    const files = ["a.png", "b.png"].map((name) => new File(["x"], name, { type: "image/png" }));
    files.push(new File([new Uint8Array(1024 * 1024 + 1)], "big.png", { type: "image/png" }));
    await contains("[data-folder='photo'] .o_smarthome_drop input", { visible: false }).click();
    await setInputFiles(files);
    await animationFrame();
    await animationFrame();
    expect.verifySteps(["a.png -> 11", "b.png -> 11"]);
    expect(names("photo").toSorted()).toEqual(["a.png", "b.png", "house.png"]);
    expect(".o_notification:contains(larger than 1 MB)").toHaveCount(1);
});

test("a click shows a file in the viewer", async () => {
    await mountBoard();
    await contains("[data-folder='brief'] .o_smarthome_document_thumbnail").click();
    expect(".o-FileViewer").toHaveCount(1);
    expect(".o-FileViewer").toHaveText(/brief\.txt/);
    await contains(".o-FileViewer-headerButton .fa-times").click();
    expect(".o-FileViewer").toHaveCount(0);
});

test("whoever only reads sees no way to change", async () => {
    data.can_write = false;
    await mountBoard();
    expect(".o_smarthome_drop").toHaveCount(0);
    expect(".o_smarthome_folder_add").toHaveCount(0);
    expect("[draggable='true']").toHaveCount(0);
});
