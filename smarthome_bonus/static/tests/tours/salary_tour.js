import { registry } from "@web/core/registry";

const tap = (trigger) => ({ isActive: ["mobile"], trigger, run: "click" });
const press = (trigger) => ({ isActive: ["desktop"], trigger, run: "click" });

const noDialog = { trigger: "body:not(:has(.modal))" };

/** Nothing may stick out at the side, on a telephone least of all. */
const fitsTheScreen = (trigger) => ({
    content: "Nothing has to be scrolled sideways",
    trigger,
    run() {
        const page = document.documentElement;
        const wide = [...document.querySelectorAll(".o_content, .o_form_sheet")].filter(
            (part) => part.scrollWidth > part.clientWidth + 1
        );
        if (wide.length || page.scrollWidth > window.innerWidth + 1) {
            throw new Error(`Too wide: ${wide.map((part) => part.className)}`);
        }
    },
});

const ROW = "tr.o_data_row:contains('Иван Тестовый')";
const CARD = ".o_kanban_record:contains('Иван Тестовый')";

/** A head makes the month of everybody, opens the manager's statement and confirms it. */
registry.category("web_tour.tours").add("smarthome_salary_head", {
    steps: () => [
        {
            content: "Make a month",
            trigger: ".o_control_panel button:contains('Начислить за месяц'):enabled",
            run: "click",
        },
        { trigger: ".modal .o_field_widget[name='month']" },
        { trigger: ".modal .o_field_widget[name='new_count']" },
        { trigger: ".modal footer button[name='action_make']:enabled", run: "click" },
        noDialog,
        press(`${ROW} td[name='employee_name']`),
        tap(CARD),
        { trigger: ".o_form_view .o_field_widget[name='total']:contains('510,00')" },
        fitsTheScreen(".o_form_view"),
        press(".o_statusbar_buttons button[name='action_confirm']:enabled"),
        tap(".o_statusbar_buttons button[name='action_confirm']:enabled"),
        { trigger: ".o_form_view:not(:has(button[name='action_confirm']))" },
        { trigger: ".o_field_widget[name='date_confirmed']" },
    ],
});

/** An accountant finds what is to be paid and pays it. */
registry.category("web_tour.tours").add("smarthome_salary_accountant", {
    steps: () => [
        { trigger: ".o_form_view .o_field_widget[name='payment_amount']" },
        { trigger: ".o_statusbar_buttons button[name='action_pay']:enabled", run: "click" },
        { trigger: ".modal footer .btn-primary:enabled", run: "click" },
        noDialog,
        { trigger: ".o_form_view .o_field_widget[name='date_paid']" },
    ],
});

/** The manager looks at his salary; on a telephone as cards. */
registry.category("web_tour.tours").add("smarthome_salary_mine", {
    steps: () => [
        press(`${ROW} td[name='employee_name']`),
        tap(`${CARD}:contains('510,00')`),
        { trigger: ".o_form_view .o_field_widget[name='total']:contains('510,00')" },
        { trigger: ".o_field_widget[name='bonus_ids'] :contains('10,00')" },
        fitsTheScreen(".o_form_view"),
        { trigger: "body:not(:has(button[name='action_confirm'], button[name='action_pay']))" },
    ],
});
