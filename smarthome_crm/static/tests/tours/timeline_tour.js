import { registry } from "@web/core/registry";

const SHIFT = 14;
const name = "Lake house";
const bar = `.o_smarthome_timeline_object:contains('${name}')`;

/** Drag a bar by so many days, as a mouse does. */
async function drag(target, days) {
    const timeline = target.closest(".o_smarthome_timeline");
    const way = days * parseFloat(timeline.style.getPropertyValue("--day"));
    const { left, top } = target.getBoundingClientRect();
    const fire = (element, type, x) =>
        element.dispatchEvent(
            new PointerEvent(type, {
                pointerId: 1,
                pointerType: "mouse",
                button: 0,
                clientX: x,
                clientY: top + 5,
                bubbles: true,
                cancelable: true,
            })
        );
    fire(target, "pointerdown", left + 5);
    fire(window, "pointermove", left + 5 + way / 2);
    fire(window, "pointermove", left + 5 + way);
    await new Promise((resolve) => requestAnimationFrame(resolve));
    fire(window, "pointerup", left + 5 + way);
}

const open = [
    { trigger: ".o_list_view, .o_kanban_view" },
    {
        isActive: ["mobile"],
        trigger: ".o_cp_switch_buttons button",
        run: "click",
    },
    {
        content: "The timeline is one of the views",
        trigger: ".o_switch_view.o_smarthome_timeline, .dropdown-item:has(.fa-tasks)",
        run: "click",
    },
    { trigger: bar },
];

/** On a telephone the timeline scrolls, and the page does not. */
const staysInside = {
    trigger: bar,
    run() {
        const page = document.documentElement;
        if (page.scrollWidth > page.clientWidth) {
            throw new Error("The page scrolls sideways");
        }
    },
};

registry.category("web_tour.tours").add("smarthome_timeline_head", {
    steps: () => [
        ...open,
        staysInside,
        {
            content: "A slip of the hand is given up",
            trigger: `${bar}.o_movable`,
            run: ({ anchor }) => drag(anchor, SHIFT),
        },
        { trigger: ".modal .modal-footer .btn-secondary", run: "click" },
        {
            content: "The whole object two weeks later",
            trigger: `body:not(:has(.modal)) ${bar}`,
            run: ({ anchor }) => drag(anchor, SHIFT),
        },
        { trigger: ".modal .modal-footer .btn-primary", run: "click" },
        {
            content: "The hand-over a week later still",
            trigger: `.o_notification:has(.bg-success), .o_notification`,
        },
        {
            trigger: `body:not(:has(.modal)) ${bar} [data-edge='end']`,
            run: ({ anchor }) => drag(anchor, 7),
        },
        { trigger: ".modal .modal-footer .btn-primary", run: "click" },
        { trigger: `body:not(:has(.modal)) ${bar}`, run: "click" },
        {
            content: "A click opens the object",
            trigger: `.o_smarthome_object_form .o_field_widget[name='name']`,
        },
    ],
});

registry.category("web_tour.tours").add("smarthome_timeline_manager", {
    steps: () => [
        ...open,
        staysInside,
        {
            content: "He sees his objects and moves none",
            trigger: `${bar}:not(.o_movable):not(:has([data-edge]))`,
            async run({ anchor }) {
                await drag(anchor, SHIFT);
                if (document.querySelector(".modal, .o_dragged")) {
                    throw new Error("A manager has moved an object");
                }
            },
        },
    ],
});
