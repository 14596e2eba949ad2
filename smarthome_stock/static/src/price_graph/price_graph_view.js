import { registry } from "@web/core/registry";
import { GraphRenderer } from "@web/views/graph/graph_renderer";
import { graphView } from "@web/views/graph/graph_view";

/** Lines of prices: a day without a price is a gap to span and not a price of zero. */
export class PriceGraphRenderer extends GraphRenderer {
    getLineChartData() {
        const data = super.getLineChartData();
        for (const dataset of data.datasets) {
            dataset.data = dataset.data.map((price) => price || null);
            dataset.spanGaps = true;
            dataset.cubicInterpolationMode = "default";
        }
        return data;
    }
}

registry.category("views").add("smarthome_price_graph", {
    ...graphView,
    Renderer: PriceGraphRenderer,
});
