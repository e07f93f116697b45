const PREFIX = "township_drawing:";
const KEPT_FOR = 24 * 60 * 60 * 1000;

/**
 * The drawing of a signature that is not sent yet, kept on the device: a session that ends, a
 * page that is loaded again or a network that fails loses nothing. It goes with the signing, or
 * after a day. Imports nothing, so pages without the web client use it as well.
 */
export const drawingStore = {
    /** @returns {Array} strokes, each a list of `[x, y]` between 0 and 1 */
    load(key) {
        this.forgetOld();
        try {
            return JSON.parse(window.localStorage.getItem(PREFIX + key)).strokes;
        } catch {
            return [];
        }
    },

    save(key, strokes) {
        try {
            const value = JSON.stringify({ time: Date.now(), strokes });
            window.localStorage.setItem(PREFIX + key, value);
        } catch {
            // A full or forbidden store: the drawing is still on the screen.
        }
    },

    /** Save the strokes; with none there is nothing to keep. */
    keep(key, strokes) {
        if (strokes.length) {
            this.save(key, strokes);
        } else {
            this.clear(key);
        }
    },

    clear(key) {
        window.localStorage.removeItem(PREFIX + key);
    },

    forgetOld() {
        for (const name of Object.keys(window.localStorage)) {
            if (!name.startsWith(PREFIX)) {
                continue;
            }
            let time = 0;
            try {
                time = JSON.parse(window.localStorage.getItem(name)).time;
            } catch {
                // Not ours to read: it goes as well.
            }
            if (!(Date.now() - time < KEPT_FOR)) {
                window.localStorage.removeItem(name);
            }
        }
    },
};
