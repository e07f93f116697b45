import { Component, onMounted, onWillUnmount, useRef } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * Shows a whole text and notes that its end has been on the screen: at once where it fits, else
 * when it was scrolled through.
 */
export class ReadThrough extends Component {
    static template = "township_governance.ReadThrough";
    static props = standardFieldProps;

    setup() {
        this.end = useRef("end");
        onMounted(() => {
            this.observer = new IntersectionObserver((entries) => {
                // A busy device tells several moments at once.
                if (entries.some((entry) => entry.isIntersecting)) {
                    this.observer.disconnect();
                    this.props.record.update({ read_through: true });
                }
            });
            this.observer.observe(this.end.el);
        });
        onWillUnmount(() => this.observer.disconnect());
    }

    get text() {
        return this.props.record.data[this.props.name] || "";
    }
}

registry.category("fields").add("township_read_through", {
    component: ReadThrough,
    supportedTypes: ["html"],
    fieldDependencies: [{ name: "read_through", type: "boolean" }],
});
