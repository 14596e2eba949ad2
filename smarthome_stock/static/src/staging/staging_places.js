import { Component, onWillStart, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { sayDate, showDate } from "./staging_row";

/** All staging places that a person may see: what is here, what is missing. */
export class StagingPlaces extends Component {
    static template = "smarthome_stock.StagingPlaces";
    static props = { open: Function };

    setup() {
        Object.assign(this, { sayDate, showDate });
        this.orm = useService("orm");
        this.state = useState({ places: [], text: "", all: false });
        onWillStart(async () => {
            this.state.places = await this.orm.call("smarthome.staging", "get_places", []);
        });
    }

    /** Places with all of the words somewhere; without words those with something to do. */
    get places() {
        const words = this.state.text.toLowerCase().split(/\s+/).filter(Boolean);
        return this.state.places.filter((place) => {
            const said = [place.number, place.name, place.address, place.manager, place.engineer];
            const text = said.join(" ").toLowerCase();
            const isBusy = place.here || place.missing;
            return words.every((word) => text.includes(word)) && (words.length || isBusy || this.state.all);
        });
    }

    get idleCount() {
        return this.state.places.filter((place) => !place.here && !place.missing).length;
    }
}
