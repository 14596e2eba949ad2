import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { scanBarcode } from "@web/core/barcode/barcode_dialog";
import { isBarcodeScannerSupported } from "@web/core/barcode/barcode_video_scanner";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError, RPCError } from "@web/core/network/rpc";
import { useBus, useService } from "@web/core/utils/hooks";
import { uuid } from "@web/core/utils/strings";
import { readLabel, splitRows, StagingChoice } from "./staging_choice";
import { amount, sayDate, showDate, StagingRow } from "./staging_row";

/** The staging place of one object, for thumbs, scanners and mice. */
export class StagingPage extends Component {
    static template = "smarthome_stock.StagingPage";
    static components = { StagingRow };
    static props = { objectId: Number, open: Function, setTitle: Function };

    setup() {
        Object.assign(this, { amount, sayDate, showDate });
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.ui = useService("ui");
        this.canScan = isBarcodeScannerSupported();
        this.state = useState({ page: null, refusal: "", active: "missing", busy: "" });
        this.choices = useState({
            missing: new StagingChoice("missing"),
            here: new StagingChoice("here"),
        });
        const barcode = useService("barcode");
        useBus(barcode.bus, "barcode_scanned", (ev) => this.onScannedByHand(ev.detail.barcode));
        onWillStart(() => this.load(this.props.objectId));
        onWillUpdateProps(({ objectId }) => objectId !== this.props.objectId && this.load(objectId));
    }

    get sectionNames() {
        return { missing: _t("Missing"), here: _t("Lies here"), shipped: _t("Shipped") };
    }

    get sections() {
        const rows = splitRows(this.state.page.rows);
        const names = this.sectionNames;
        return Object.keys(names).map((id) => ({ id, name: names[id], rows: rows[id] }));
    }

    getRows(section) {
        return splitRows(this.state.page.rows)[section];
    }

    async load(objectId) {
        try {
            this.show(await this.orm.call("smarthome.staging", "get_page", [objectId]));
        } catch (error) {
            if (!(error instanceof RPCError)) {
                throw error;
            }
            this.state.refusal = error.data?.message || error.message;
            return;
        }
        const { missing, here } = splitRows(this.state.page.rows);
        const isReady = missing.some((row) => row.available);
        this.state.active = !isReady && here.length ? "here" : "missing";
    }

    show(page) {
        this.state.page = page;
        this.state.refusal = "";
        this.choices.missing.clear();
        this.choices.here.clear();
        this.props.setTitle(`${page.object.number} ${page.object.name}`);
    }

    // === WHAT A TAP DOES === //

    putIn() {
        return this.run("put_in", "missing", _t("Put into the place"));
    }

    takeOut() {
        const question = _t("Take %(count)s back to stock?", { count: this.getCount("here") });
        this.ask(question, _t("Take"), () => this.run("take_out", "here", _t("Back in stock")));
    }

    ship() {
        const question = _t("Ship %(count)s to the object?", { count: this.getCount("here") });
        this.ask(question, _t("Ship"), () => this.run("ship", "here", _t("Shipped")));
    }

    /** What a tap would do now: [row, quantity]. */
    getTaken(section) {
        return this.choices[section].taken(this.getRows(section));
    }

    /** In words: 3 pcs of one article, or how many articles. */
    getCount(section) {
        const taken = this.getTaken(section);
        if (taken.length !== 1) {
            return taken.length ? _t("%(count)s items", { count: taken.length }) : "";
        }
        const [[row, quantity]] = taken;
        return `${amount(quantity)} ${row.unit}`;
    }

    ask(body, confirmLabel, confirm) {
        const title = this.state.page.object.name;
        this.dialog.add(ConfirmationDialog, { title, body, confirmLabel, confirm, cancel: () => {} });
    }

    /** One transaction: a second tap meanwhile does nothing, one that got lost is not done twice. */
    async run(method, section, said) {
        if (this.state.busy) {
            return;
        }
        const rows = this.choices[section].payload(this.getRows(section));
        const count = this.getCount(section);
        const token = this.getToken(JSON.stringify([method, this.props.objectId, rows]));
        this.state.busy = method;
        try {
            const args = [this.props.objectId, rows, token];
            this.show(await this.orm.call("smarthome.staging", method, args));
            this.lost = null;
            this.notification.add(`${said}: ${count}`, { type: "success" });
        } catch (error) {
            if (!(error instanceof ConnectionLostError)) {
                this.lost = null;
                await this.reload();
            }
            throw error;
        } finally {
            this.state.busy = "";
        }
    }

    /** The same tap, sent again after the connection broke, has the same token. */
    getToken(tap) {
        if (this.lost?.tap !== tap) {
            this.lost = { tap, token: uuid() };
        }
        return this.lost.token;
    }

    async reload() {
        const { active } = this.state;
        await this.load(this.props.objectId);
        this.state.active = active;
    }

    choose(section, row, quantity) {
        this.state.active = section;
        if (!this.choices[section].set(row, quantity)) {
            this.sayLimit(section, row);
        }
    }

    sayLimit(section, row) {
        const values = { name: row.name, count: amount(section === "missing" ? row.stock : row.here) };
        this.warn(
            section === "missing"
                ? _t("%(name)s: only %(count)s in stock.", values)
                : _t("%(name)s: only %(count)s here.", values)
        );
    }

    warn(message) {
        this.notification.add(message, { type: "warning" });
    }

    // === MORE THAN WHAT IS WAITED FOR === //

    addGoods(values = {}) {
        const context = {
            default_object_id: this.props.objectId,
            dialog_size: "medium",
            smarthome_staging_page: true,
            ...values,
        };
        const action = {
            type: "ir.actions.act_window",
            name: values.default_is_warranty ? _t("Goods under warranty") : _t("Goods beyond the proposal"),
            res_model: "smarthome.add.goods",
            views: [[false, "form"]],
            target: "new",
            context,
        };
        return this.action.doAction(action, { onClose: () => this.reload() });
    }

    addWarranty() {
        return this.addGoods({ default_is_warranty: true });
    }

    async printLabel() {
        const model = "smarthome.staging.label";
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Label of the staging place"),
            res_model: model,
            views: [[false, "form"]],
            target: "new",
            context: { default_object_id: this.props.objectId, dialog_size: "small" },
        });
    }

    openObject() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "smarthome.object",
            res_id: this.props.objectId,
            views: [[false, "form"]],
        });
    }

    confirmInstalled() {
        this.ask(_t("Confirm that all goods at the object are installed?"), _t("All installed"), async () => {
            await this.orm.call("smarthome.object", "action_all_installed", [[this.props.objectId]]);
            await this.reload();
        });
    }

    // === SCANNING === //

    async scan() {
        const code = await scanBarcode(this.env);
        if (code) {
            await this.onScanned(code);
        }
    }

    /** A scanner types anywhere; while a dialog is open, it types there. */
    onScannedByHand(code) {
        if (this.state.page && this.ui.activeElement === document) {
            return this.onScanned(code);
        }
    }

    async onScanned(code) {
        const objectId = readLabel(code);
        if (objectId) {
            return this.props.open(objectId);
        }
        const found = await this.orm.call("smarthome.staging", "find_code", [this.props.objectId, code]);
        if (!found) {
            return this.warn(_t("Code %(code)s is unknown: no product has it.", { code }));
        }
        this.chooseScanned(found);
    }

    /** One more of what was scanned, in the section that is at work or the other one. */
    chooseScanned(found) {
        const order = this.state.active === "here" ? ["here", "missing"] : ["missing", "here"];
        for (const section of order) {
            const rows = this.getRows(section).filter((row) => row.product_id === found.product_id);
            const choice = this.choices[section];
            const row = rows.find((one) => choice.quantity(one) < one[section]) || rows[0];
            if (row) {
                this.state.active = section;
                const fits = found.lot_id
                    ? choice.addLot(row, found.lot_id)
                    : choice.set(row, choice.quantity(row) + found.quantity);
                return fits ? undefined : this.sayLimit(section, row);
            }
        }
        this.offerExtra(found);
    }

    offerExtra(found) {
        if (!this.state.page.rights.add) {
            return this.warn(_t("%(name)s is not waited for at this object.", { name: found.name }));
        }
        const question = _t("%(name)s is not waited for at this object. Add it beyond the proposal?", {
            name: found.name,
        });
        this.ask(question, _t("Add"), () => {
            this.addGoods({
                default_product_id: found.product_id,
                default_quantity: found.quantity,
            });
        });
    }
}
