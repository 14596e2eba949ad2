import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { CogMenu } from "@web/search/cog_menu/cog_menu";
import { Layout } from "@web/search/layout";
import { SearchBar } from "@web/search/search_bar/search_bar";
import { useSearchBarToggler } from "@web/search/search_bar/search_bar_toggler";
import { ActionHelper } from "@web/views/action_helper";
import { standardViewProps } from "@web/views/standard_view_props";
import { TimelineChart } from "./timeline_chart";

const { DateTime } = luxon;

/** What the rows of the timeline may be, by the field of the search that groups. */
const GROUPS = { engineer_id: "engineer", user_id: "manager", stage: "stage" };

/** The timeline among the views of the objects in work, under the same search. */
export class TimelineController extends Component {
    static template = "smarthome_crm.TimelineController";
    static components = { ActionHelper, CogMenu, Layout, SearchBar, TimelineChart };
    static props = { ...standardViewProps };

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.keepLast = new KeepLast();
        this.searchBarToggler = useSearchBarToggler();
        this.state = useState({ bars: [], mayMove: false, isCut: false });
        const start = { scale: "weeks", day: DateTime.now().toISODate() };
        this.position = useState({ ...start, ...this.props.state?.position });
        useSetupAction({ getLocalState: () => ({ position: { ...this.position } }) });
        onWillStart(() => this.load(this.props));
        onWillUpdateProps((props) => this.load(props));
    }

    get groupBy() {
        return GROUPS[(this.props.groupBy[0] || "").split(":")[0]] || "engineer";
    }

    async load({ resModel, domain, context }) {
        const loading = this.orm.call(resModel, "get_timeline", [domain], { context });
        const { bars, may_move, is_cut } = await this.keepLast.add(loading);
        Object.assign(this.state, { bars, mayMove: may_move, isCut: is_cut });
    }

    open(bar) {
        const resIds = this.state.bars.map(({ id }) => id);
        this.props.selectRecord(bar.id, { activeIds: resIds });
    }

    /** People are told of new dates at once, so a slip of the hand is asked about. */
    ask(bar, dates) {
        const say = ({ start, end }) =>
            [start, end].map((day) => formatDate(DateTime.fromISO(day))).join(" – ");
        const change = _t("%(object)s: %(old)s → %(new)s.", {
            object: `${bar.number} ${bar.name}`,
            old: say(bar),
            new: say(dates),
        });
        const told = bar.engineer ? _t("%s will be told.", bar.engineer[1]) : "";
        this.dialog.add(ConfirmationDialog, {
            title: _t("New dates"),
            body: `${change} ${told}`,
            confirmLabel: _t("Move"),
            cancelLabel: _t("Leave as It Was"),
            confirm: () => this.move(bar, dates),
            cancel: () => {},
        });
    }

    async move(bar, { start, end }) {
        try {
            await this.orm.call(this.props.resModel, "action_move_dates", [[bar.id], start, end]);
            this.notification.add(_t("The dates are moved."), { type: "success" });
        } finally {
            await this.load(this.props);
        }
    }
}

export const timelineView = {
    type: "smarthome_timeline",
    Controller: TimelineController,
    searchMenuTypes: ["filter", "groupBy", "favorite"],
};

registry.category("views").add("smarthome_timeline", timelineView);
