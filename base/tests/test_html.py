"""Rich text is cleaned by every way that writes it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.html import as_text, cleaned
from base.models import Partner


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("<p>Hello <b>you</b></p>", "<p>Hello <b>you</b></p>"),
        ("two\nlines", "<p>two<br>lines</p>"),
        ("<p onclick='steal()'>x</p>", "<p>x</p>"),
        ("<script>alert(1)</script><p>x</p>", "<p>x</p>"),
        ("<a href='javascript:alert(1)'>x</a>", '<a rel="noopener noreferrer">x</a>'),
        ("<img src=x onerror=alert(1)>", '<img src="x">'),
        (
            "<p style='color: red; position: fixed'>x</p>",
            '<p style="color:red">x</p>',
        ),
        ("<iframe src='https://example.com'></iframe><p>x</p>", "<p>x</p>"),
        ("1 < 2", "<p>1 &lt; 2</p>"),
        ("", ""),
        ("  ", "  "),
    ],
)
def test_cleaned(written, kept):
    assert cleaned(written) == kept


@given(st.text(max_size=200))
def test_cleaned_is_clean_already(text):
    once = cleaned(text)
    assert cleaned(once) == once


@pytest.mark.parametrize(
    ("markup", "line"),
    [
        ("<p>One</p><p>two &amp; <b>three</b></p>", "One two & three"),
        ("<ul><li>a</li><li>b</li></ul>", "a b"),
        ("a<br>b", "a b"),
    ],
)
def test_as_text(markup, line):
    assert as_text(markup) == line


@pytest.mark.django_db
def test_html_fields_are_cleaned_by_create_save_update_and_bulk_create():
    bad, good = "<p>x<script>y</script></p>", "<p>x</p>"
    one = Partner.objects.create(name="One", comment=bad)
    assert one.comment == good
    one.comment = bad
    one.save()
    two = Partner.objects.bulk_create([Partner(name="Two", comment=bad)])[0]
    three = Partner.objects.create(name="Three")
    Partner.objects.filter(pk=three.pk).update(comment=bad)
    kept = Partner.objects.filter(pk__in=[one.pk, two.pk, three.pk]).values_list(
        "comment", flat=True
    )
    assert list(kept) == [good, good, good]
