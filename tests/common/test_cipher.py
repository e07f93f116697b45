import stat
import tempfile
from pathlib import Path

from odoo.tests import BaseCase, tagged

from odoo.addons.township_governance.tools import cipher, vault
from odoo.addons.township_governance.tools.cipher import Cipher, Keyring

TEXT, PURPOSE = "13943804287", b"township.test.phone_full"


class ReversingCipher(Cipher):
    """Hides nothing: shows that another cipher plugs in by its name alone."""

    name = "test-reversing"

    def _start(self, secret):
        self.mark = secret[:4]

    def _seal(self, data, purpose):
        return self.mark + purpose + data[::-1]

    def _open(self, sealed, purpose):
        head = self.mark + purpose
        if not sealed.startswith(head):
            raise vault.WrongKey
        return sealed[len(head) :][::-1]


@tagged("post_install", "-at_install")
class TestCipher(BaseCase):
    def setUp(self):
        super().setUp()
        self.keys = [vault.new_key(1), vault.new_key(2)]
        self.ring = Keyring(self.keys, "k2")

    def test_sealed_value_opens_with_its_key_for_its_purpose_and_unchanged(self):
        for name in cipher.CIPHERS:
            one, other = (cipher.CIPHERS[name](vault.new_key(number, name)) for number in (3, 3))
            sealed = one.encrypt(TEXT, PURPOSE)
            with self.subTest(cipher=name):
                self.assertTrue(cipher.is_sealed(sealed))
                self.assertNotIn(TEXT, sealed)
                self.assertEqual(one.decrypt(sealed, PURPOSE), TEXT)
                for wrong in ((other, sealed, PURPOSE), (one, sealed, b"other")):
                    with self.assertRaises(vault.WrongKey):
                        wrong[0].decrypt(*wrong[1:])
        for junk in ("k1:", "k1:%%", "k1:AAAA", sealed[:-4]):
            self.assertEqual(self.ring.decrypt(junk, PURPOSE), junk)

    def test_equal_values_look_different_and_hash_alike(self):
        current = self.ring.current
        self.assertNotEqual(current.encrypt(TEXT, PURPOSE), current.encrypt(TEXT, PURPOSE))
        self.assertEqual(current.hash(TEXT, PURPOSE), current.hash(TEXT, PURPOSE))
        others = {current.hash(TEXT, b"other"), current.hash(TEXT[:-1], PURPOSE)}
        others.update(Keyring(self.keys[:1], "k1").hashes(TEXT, PURPOSE))
        self.assertEqual(len(others - {current.hash(TEXT, PURPOSE)}), 3)
        self.assertNotIn(",", current.hash(TEXT, PURPOSE))

    def test_newest_key_seals_and_older_ones_open(self):
        before = Keyring(self.keys[:1], "k1").current.encrypt(TEXT, PURPOSE)
        self.assertTrue(self.ring.current.encrypt(TEXT, PURPOSE).startswith("k2:"))
        self.assertEqual(self.ring.decrypt(before, PURPOSE), TEXT)
        self.assertEqual(len(self.ring.hashes(TEXT, PURPOSE)), 2)
        without = Keyring(self.keys[1:], "k2")
        self.assertEqual(without.decrypt(before, PURPOSE), before)

    def test_without_the_newest_key_nothing_is_sealed(self):
        ring = Keyring(self.keys[:1], "k2")
        self.assertFalse(ring.ready)
        with self.assertRaises(cipher.NoKey):
            ring.current.encrypt(TEXT, PURPOSE)

    def test_another_cipher_stands_in_by_its_name(self):
        keys = [self.keys[0], vault.new_key(2, ReversingCipher.name)]
        old, ring = Keyring(keys[:1], "k1"), Keyring(keys, "k2")
        sealed = ring.current.encrypt(TEXT, PURPOSE)
        self.assertIsInstance(ring.current, ReversingCipher)
        self.assertEqual(ring.decrypt(sealed, PURPOSE), TEXT)
        self.assertEqual(ring.decrypt(old.current.encrypt(TEXT, PURPOSE), PURPOSE), TEXT)
        self.assertFalse(Keyring([vault.new_key(3, "unknown")], "k3").ready)


@tagged("post_install", "-at_install")
class TestKeyFile(BaseCase):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "test.key"

    def test_several_keys_in_one_file_for_the_server_alone(self):
        keys = [vault.new_key(2), vault.new_key(10, "SM4"), vault.new_key(11)]
        vault.write_keys(self.path, reversed(keys))
        self.assertEqual(vault.read_keys(self.path), keys)
        self.assertEqual(stat.S_IMODE(self.path.stat().st_mode), 0o600)
        self.assertEqual([file.name for file in self.path.parent.iterdir()], [self.path.name])
        self.assertEqual(vault.read_key(self.path), keys[-1].secret)
        self.assertEqual(vault.read_key(self.path, keys[0].fingerprint), keys[0].secret)

    def test_file_of_one_bare_key_is_the_first_key(self):
        self.path.write_text("ab" * 32 + "\n")
        [key] = vault.read_keys(self.path)
        self.assertEqual((key.name, key.cipher), ("k1", vault.DEFAULT_CIPHER))
        self.assertEqual(key.secret, b"\xab" * 32)

    def test_file_with_a_wrong_line_is_no_key_file(self):
        line = f"k1:AES-GCM:{'ab' * 32}\n"
        for wrong in (line + "junk", line + line, line.replace("k1", "k0"), line[:-3]):
            self.path.write_text(wrong)
            with self.assertRaises(vault.KeyFileError):
                vault.read_keys(self.path)
