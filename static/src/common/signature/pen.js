import { Component, onMounted, onWillUnmount, useEffect, useRef, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { drawingStore } from "./drawing_store";
import { PenCanvas } from "./pen_canvas";

/** The pen of a form: its strokes stay on the device until they are signed. */
export class Pen extends Component {
    static template = "township_governance.Pen";
    static props = standardFieldProps;

    setup() {
        this.canvas = useRef("canvas");
        this.state = useState({ drawn: false });
        onMounted(() => {
            this.pen = new PenCanvas(this.canvas.el, {
                onChange: () => this.onChange(),
                isReadonly: () => this.props.readonly,
            });
        });
        onWillUnmount(() => this.pen.destroy());
        useEffect(
            (key) => {
                if (key) {
                    this.pen.load(drawingStore.load(key));
                    this.report();
                }
            },
            () => [this.key]
        );
    }

    get key() {
        return this.props.record.data.drawing_key;
    }

    clear() {
        this.pen.clear();
    }

    onChange() {
        drawingStore.keep(this.key, this.pen.strokes);
        this.report();
    }

    /** Hand the picture to the form. */
    report() {
        this.state.drawn = this.pen.isDrawn;
        this.props.record.update({ [this.props.name]: this.pen.picture || false });
    }
}

registry.category("fields").add("township_pen", {
    component: Pen,
    supportedTypes: ["binary"],
    fieldDependencies: [{ name: "drawing_key", type: "char" }],
});
