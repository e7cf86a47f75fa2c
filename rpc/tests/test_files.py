"""Pictures and attachments: base64 in and out, byte for byte."""

import io
from base64 import b64decode, b64encode

import pytest
from PIL import Image

from base.models import Attachment, Partner, Product
from rpc.tests.conftest import Refusal


def painted(width, height=None, kind="PNG"):
    """A picture as base64 text."""
    buffer = io.BytesIO()
    Image.new("RGB", (width, height or width), "teal").save(buffer, format=kind)
    return b64encode(buffer.getvalue()).decode()


def size_of(text):
    return Image.open(io.BytesIO(b64decode(text))).size


@pytest.fixture
def foreign(house):
    return Partner.objects.create(name="Rahasia", company=house.second)


def test_a_picture_is_kept_byte_for_byte_and_shown_smaller(rpc, family):
    dot = painted(1, kind="JPEG")
    alpha = family.alpha.pk
    assert rpc("res.partner", "write", [alpha], {"image_1920": dot}) is True
    assert rpc("res.partner", "read", [alpha], ["image_1920"]) == [{"id": alpha, "image_1920": dot}]
    rpc("res.partner", "write", [alpha], {"image_1920": painted(600, 300)})
    [row] = rpc("res.partner", "read", [alpha], ["image_1024", "image_512", "image_128"])
    assert [size_of(row[f"image_{n}"]) for n in (1024, 512, 128)] == [
        (600, 300),
        (512, 256),
        (128, 64),
    ]
    rpc("res.partner", "write", [alpha], {"image_1920": False})
    assert rpc("res.partner", "read", [alpha], ["image_1920", "image_128"]) == [
        {"id": alpha, "image_1920": False, "image_128": False}
    ]


def test_a_picture_comes_with_a_new_partner_and_is_no_attachment_of_it(rpc):
    made = rpc("res.partner", "create", {"name": "Berwajah", "image_1920": painted(2)})
    [row] = rpc("res.partner", "read", [made], ["image_128", "message_attachment_count"])
    assert size_of(row["image_128"]) == (2, 2)
    assert row["message_attachment_count"] == 0


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("no base64!", "Image is not encoded in base64."),
        (
            b64encode(b"hello").decode(),
            "This is no picture that can be shown. Use JPEG, PNG, GIF or WebP.",
        ),
    ],
)
def test_what_is_no_picture_is_refused_and_nothing_is_made(rpc, value, says):
    with pytest.raises(Refusal) as refused:
        rpc("res.partner", "create", {"name": "Tak berwajah", "image_1920": value})
    assert refused.value.message == says
    assert not Partner.objects.filter(name="Tak berwajah").exists()


def test_a_user_shows_their_partners_picture_and_a_company_its_logo(rpc, house):
    dot = painted(3)
    rpc("res.users", "write", [house.admin.pk], {"image_1920": dot})
    partner = house.admin.partner_id
    assert rpc("res.partner", "read", [partner], ["image_1920"]) == [
        {"id": partner, "image_1920": dot}
    ]
    rpc("res.company", "write", [1], {"logo": dot})
    [company] = rpc("res.company", "read", [1], ["logo", "logo_web"])
    assert company["logo"] == dot
    assert size_of(company["logo_web"]) == (3, 3)


def test_a_variant_shows_its_own_picture_else_the_templates(rpc):
    template = rpc("product.template", "create", {"name": "Kursi"})
    first = rpc("product.template", "read", [template], ["product_variant_id"])[0][
        "product_variant_id"
    ][0]
    one, two = painted(4), painted(5)
    rpc("product.product", "write", [first], {"image_1920": one})
    assert rpc("product.template", "read", [template], ["image_1920"])[0]["image_1920"] == one
    second = Product.objects.create(template_id=template, combination="9")
    rpc("product.product", "write", [second.pk], {"image_1920": two})
    fields = ["image_1920", "image_variant_1920"]
    assert rpc("product.product", "read", [first, second.pk], fields) == [
        {"id": first, "image_1920": one, "image_variant_1920": False},
        {"id": second.pk, "image_1920": two, "image_variant_1920": two},
    ]


def test_bin_size_answers_how_large_a_file_is(rpc, family):
    made = rpc("ir.attachment", "create", {"name": "a.txt", "raw": "x" * 2048})
    context = {"context": {"bin_size": True}}
    assert rpc("ir.attachment", "read", [made], ["datas", "raw"], **context) == [
        {"id": made, "datas": "2.00 Kb", "raw": "2.00 Kb"}
    ]
    rpc("res.partner", "write", [family.alpha.pk], {"image_1920": painted(1)})
    [row] = rpc("res.partner", "read", [family.alpha.pk], ["image_1920"], **context)
    assert row["image_1920"].endswith(" bytes")


def test_an_attachment_on_a_record_reads_as_it_was_written(rpc, family):
    made = rpc(
        "ir.attachment",
        "create",
        {
            "name": "zzt.txt",
            "datas": "aGVsbG8genp0",
            "res_model": "res.partner",
            "res_id": family.alpha.pk,
        },
    )
    fields = [
        "name",
        "datas",
        "mimetype",
        "file_size",
        "type",
        "res_model",
        "res_id",
        "res_name",
        "url",
    ]
    assert rpc("ir.attachment", "read", [made], [*fields, "public", "raw"]) == [
        {
            "id": made,
            "name": "zzt.txt",
            "datas": "aGVsbG8genp0",
            "mimetype": "text/plain",
            "file_size": 9,
            "type": "binary",
            "res_model": "res.partner",
            "res_id": family.alpha.pk,
            "res_name": "Alpha",
            "url": False,
            "public": False,
            "raw": "hello zzt",
        }
    ]
    assert rpc("res.partner", "read", [family.alpha.pk], ["message_attachment_count"]) == [
        {"id": family.alpha.pk, "message_attachment_count": 1}
    ]
    rpc(
        "ir.attachment",
        "write",
        [made],
        {"datas": b64encode(b"\xff\xfe\x00").decode(), "name": "b"},
    )
    assert rpc("ir.attachment", "read", [made], ["name", "datas", "raw", "file_size"]) == [
        {"id": made, "name": "b", "datas": "//4A", "raw": "//4A", "file_size": 3}
    ]
    assert rpc("ir.attachment", "unlink", [made]) is True
    assert Attachment.objects.count() == 0


def test_junk_between_base64_is_dropped(rpc):
    made = rpc("ir.attachment", "create", {"name": "zztbad.txt", "datas": "###aGVsbG8genp0"})
    assert rpc("ir.attachment", "read", [made], ["datas"]) == [
        {"id": made, "datas": "aGVsbG8genp0"}
    ]


def test_a_link_is_an_attachment_without_content(rpc):
    made = rpc(
        "ir.attachment", "create", {"name": "Situs", "type": "url", "url": "https://niaga.id"}
    )
    assert rpc("ir.attachment", "read", [made], ["type", "url", "datas"]) == [
        {"id": made, "type": "url", "url": "https://niaga.id", "datas": False}
    ]


def test_a_file_is_seen_and_changed_by_those_who_may_do_so_with_its_record(rpc, wati, foreign):
    hidden = {"name": "a", "raw": "rahasia", "res_model": "res.partner", "res_id": foreign.pk}
    with pytest.raises(Refusal):
        wati("ir.attachment", "create", hidden)
    made = rpc("ir.attachment", "create", hidden)
    assert wati("ir.attachment", "search", [["id", "=", made]]) == []
    with pytest.raises(Refusal) as refused:
        wati("ir.attachment", "read", [made], ["datas"])
    assert refused.value.name == "odoo.exceptions.AccessError"
    own = wati("ir.attachment", "create", {"name": "b", "raw": "punyaku"})
    with pytest.raises(Refusal):
        wati("ir.attachment", "write", [own], {"res_model": "res.partner", "res_id": foreign.pk})
    assert Attachment.objects.get(pk=own).row_id is None


def test_a_file_on_what_one_may_only_read_cannot_be_changed(rpc, wati, house):
    made = rpc(
        "ir.attachment",
        "create",
        {"name": "a", "raw": "x", "res_model": "res.company", "res_id": 1},
    )
    assert wati("ir.attachment", "read", [made], ["raw"]) == [{"id": made, "raw": "x"}]
    for change in ({"raw": "y"}, {"name": "z"}):
        with pytest.raises(Refusal) as refused:
            wati("ir.attachment", "write", [made], change)
        assert refused.value.name == "odoo.exceptions.AccessError"
    with pytest.raises(Refusal):
        wati("ir.attachment", "unlink", [made])
    assert Attachment.objects.get().name == "a"


def test_a_token_opens_an_attachment_and_stays_the_same(rpc):
    made = rpc("ir.attachment", "create", {"name": "a", "raw": "x"})
    [token] = rpc("ir.attachment", "generate_access_token", [made])
    assert len(token) == 32
    assert rpc("ir.attachment", "generate_access_token", [made]) == [token]
    assert rpc("ir.attachment", "read", [made], ["access_token"]) == [
        {"id": made, "access_token": token}
    ]


def test_an_attachment_without_a_name_is_refused(rpc):
    with pytest.raises(Refusal) as refused:
        rpc("ir.attachment", "create", {"raw": "x"})
    assert refused.value.name == "odoo.exceptions.ValidationError"


def test_the_words_of_text_files_are_told_and_of_others_what_they_are(rpc):
    text = b64encode("Halo, dunia: séd".encode()).decode()
    made = rpc(
        "ir.attachment",
        "create",
        [{"name": "a.txt", "datas": text}, {"name": "a.png", "datas": painted(2)}],
    )
    rows = rpc("ir.attachment", "read", made, ["index_content"])
    assert [row["index_content"] for row in rows] == ["Halo, dunia: séd", "image"]
