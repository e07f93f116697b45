"""The pages of the signing meeting in a browser, on one tablet."""

from unittest.mock import patch

from odoo.tests import tagged
from odoo.tests.common import ChromeBrowser

from .test_meeting import MeetingCase

# Runs on every page the tablet comes to, as a person would: look for the next seat, type the
# password, read to the end, draw, confirm.
DRIVER = """
addEventListener("load", async () => {
    const find = (id) => document.getElementById(id);
    const fail = (text) => console.error(text + " " + location.pathname);
    const until = async (holds, what) => {
        for (let i = 0; !holds(); i++) {
            if (i > 300) {
                fail("Waited in vain: " + what);
            }
            await new Promise(requestAnimationFrame);
        }
    };
    const passwords = %(passwords)s;
    const kept = () => Object.keys(localStorage).filter((key) => key.includes("meeting:"));
    const draw = (points) => {
        const canvas = find("pen");
        const box = canvas.getBoundingClientRect();
        // Nobody holds the pointer of a made event.
        canvas.setPointerCapture = () => {};
        points.forEach(([x, y], index) => {
            const last = index === points.length - 1;
            const type = index ? (last ? "pointerup" : "pointermove") : "pointerdown";
            canvas.dispatchEvent(
                new PointerEvent(type, {
                    bubbles: true,
                    pointerId: 7,
                    clientX: box.left + x * box.width,
                    clientY: box.top + y * box.height,
                })
            );
        });
    };
    const roll = async () => {
        if (kept().length) {
            fail("A drawing is still on the tablet.");
        }
        const seat = document.querySelector("a.seat");
        if (!seat) {
            console.log("test successful");
            return;
        }
        const search = find("search");
        search.value = seat.querySelector(".person").textContent;
        search.dispatchEvent(new Event("input"));
        if (document.querySelectorAll("li:not([hidden]) a.seat").length !== 1) {
            fail("One name is looked for, one is shown.");
        }
        seat.click();
    };
    const identity = async () => {
        find("password").value = passwords[document.querySelector(".person").textContent];
        document.querySelector("button.main").click();
    };
    const letter = async () => {
        const confirm = find("confirm");
        const cut = sessionStorage.cut;
        if (!cut) {
            draw([[0.2, 0.3], [0.4, 0.8], [0.6, 0.2], [0.6, 0.2]]);
            find("clear").click();
            if (kept().length || !find("clear").disabled) {
                fail("Drawing again starts with nothing.");
            }
            draw([[0.2, 0.3], [0.4, 0.8], [0.6, 0.2], [0.8, 0.7], [0.8, 0.7]]);
            if (!confirm.disabled) {
                fail("Not read to its end, yet it may be signed.");
            }
            // The time runs out while signing: the drawing stays.
            sessionStorage.cut = "1";
            location.replace(find("letter").dataset.expired);
            return;
        }
        if (kept().length === 0) {
            draw([[0.2, 0.3], [0.4, 0.8], [0.6, 0.2], [0.8, 0.7], [0.8, 0.7]]);
        }
        find("end").scrollIntoView();
        await until(() => !confirm.disabled, "to be allowed to sign");
        confirm.click();
    };
    for (const [id, act] of Object.entries({ roll, identity, letter })) {
        if (find(id)) {
            await act();
        }
    }
});
"""


@tagged("post_install", "-at_install")
class TestMeetingTablet(MeetingCase):
    browser_size = "1024x768"
    touch_enabled = True

    def test_two_people_sign_on_one_tablet(self):
        url = self.meeting.action_start()["url"]
        signers = (self.head, self.village_head)
        driver = DRIVER % {"passwords": {user.name: user.login for user in signers}}
        go = ChromeBrowser.navigate_to

        def with_driver(browser, address, **options):
            browser._websocket_request(
                "Page.addScriptToEvaluateOnNewDocument", params={"source": driver}
            )
            return go(browser, address, **options)

        with patch.object(ChromeBrowser, "navigate_to", with_driver):
            self.browser_js(url, "")
        letters = self.letter | self.other_letter
        letters.invalidate_recordset()
        self.assertEqual(set(letters.mapped("signed_way")), {"meeting"})
        self.assertEqual(letters.sudo().signature_ids.user_id, self.head | self.village_head)
