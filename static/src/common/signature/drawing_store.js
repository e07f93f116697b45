import { browser } from "@web/core/browser/browser";

const PREFIX = "township_drawing:";
const KEPT_FOR = 24 * 60 * 60 * 1000;

/**
 * The drawing of a signature that is not sent yet, kept on the device: a session that ends, a
 * page that is loaded again or a network that fails loses nothing. It goes with the signing, or
 * after a day.
 */
export const drawingStore = {
    /** @returns {Array} strokes, each a list of `[x, y]` between 0 and 1 */
    load(key) {
        this.forgetOld();
        try {
            return JSON.parse(browser.localStorage.getItem(PREFIX + key)).strokes;
        } catch {
            return [];
        }
    },

    save(key, strokes) {
        try {
            const value = JSON.stringify({ time: Date.now(), strokes });
            browser.localStorage.setItem(PREFIX + key, value);
        } catch {
            // A full or forbidden store: the drawing is still on the screen.
        }
    },

    clear(key) {
        browser.localStorage.removeItem(PREFIX + key);
    },

    forgetOld() {
        for (const name of Object.keys(browser.localStorage)) {
            if (!name.startsWith(PREFIX)) {
                continue;
            }
            let time = 0;
            try {
                time = JSON.parse(browser.localStorage.getItem(name)).time;
            } catch {
                // Not ours to read: it goes as well.
            }
            if (!(Date.now() - time < KEPT_FOR)) {
                browser.localStorage.removeItem(name);
            }
        }
    },
};
