import { registry } from "@web/core/registry";

const card = (folder, name) =>
    `[data-folder='${folder}'] .o_smarthome_document:has(.o_smarthome_document_name:contains('${name}'))`;

/** Drop files from outside on an element. */
function dropFiles(element, files) {
    const dataTransfer = new DataTransfer();
    for (const file of files) {
        dataTransfer.items.add(file);
    }
    for (const type of ["dragover", "drop"]) {
        element.dispatchEvent(
            new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer })
        );
    }
}

/** Drag a card with the mouse onto a folder. */
function dragCard(source, target) {
    const dataTransfer = new DataTransfer();
    const fire = (element, type) =>
        element.dispatchEvent(
            new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer })
        );
    fire(source, "dragstart");
    fire(target, "dragover");
    fire(target, "drop");
}

const makeFile = (name, text) => new File([text], name, { type: "text/plain" });

registry.category("web_tour.tours").add("smarthome_documents", {
    steps: () => [
        {
            content: "open the documents of the object",
            trigger: ".nav-link[name='documents']",
            run: "click",
        },
        {
            content: "drop three files on the brief, one of them a program in disguise",
            trigger: "[data-folder='brief']",
            run: ({ anchor }) =>
                dropFiles(anchor, [
                    makeFile("Задание.txt", "three cameras"),
                    makeFile("План.txt", "two floors"),
                    makeFile("Фото.jpg", "MZ\u0000 not a photo"),
                ]),
        },
        { content: "the good ones are there", trigger: card("brief", "Задание.txt") },
        { trigger: card("brief", "План.txt") },
        {
            content: "the program is refused with a sentence",
            trigger: ".o_notification:contains('Фото.jpg')",
        },
        {
            content: "drag one into the contract",
            trigger: card("brief", "План.txt"),
            run: ({ anchor }) =>
                dragCard(anchor, document.querySelector("[data-folder='contract']")),
        },
        {
            content: "move the file of a message by the menu",
            trigger: `${card("messages", "Письмо.txt")} .o_smarthome_document_menu`,
            run: "click",
        },
        {
            trigger: ".o_smarthome_document_move:contains('Договор')",
            run: "click",
        },
        { trigger: card("contract", "Письмо.txt") },
        { trigger: card("contract", "План.txt") },
        {
            content: "the folder comes as a ZIP",
            trigger: "[data-folder='contract'] a[href$='/zip']",
            run: async ({ anchor }) => {
                const response = await fetch(anchor.href);
                const start = new Uint8Array((await response.arrayBuffer()).slice(0, 2));
                if (String.fromCharCode(...start) !== "PK") {
                    throw new Error("This is no ZIP");
                }
            },
        },
        {
            content: "into the trash",
            trigger: `${card("brief", "Задание.txt")} .o_smarthome_document_menu`,
            run: "click",
        },
        { trigger: ".o_smarthome_document_remove", run: "click" },
        { trigger: "[data-folder='brief']:not(:has(.o_smarthome_document))" },
        {
            content: "and back by one click",
            trigger: ".o_notification_buttons button",
            run: "click",
        },
        {
            content: "rename in place",
            trigger: `${card("brief", "Задание.txt")} .o_smarthome_document_menu`,
            run: "click",
        },
        { trigger: ".o_smarthome_document_edit", run: "click" },
        {
            trigger: ".o_smarthome_document_rename",
            run: "edit ТЗ, вторая редакция.txt && press Enter",
        },
        { trigger: card("brief", "ТЗ, вторая редакция.txt") },
        {
            content: "a folder by hand",
            trigger: ".o_smarthome_folder_add",
            run: "click",
        },
        { trigger: ".o_smarthome_folder_name", run: "edit Схемы && press Enter" },
        { trigger: ".o_smarthome_folder header:contains('Схемы')" },
        {
            content: "look at a file",
            trigger: `${card("contract", "План.txt")} .o_smarthome_document_thumbnail`,
            run: "click",
        },
        { trigger: ".o-FileViewer" },
        { trigger: ".o-FileViewer-headerButton .fa-times", run: "click" },
        { trigger: "body:not(:has(.o-FileViewer))" },
    ],
});
