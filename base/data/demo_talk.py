"""What waits for the demo company's people: telephone calls and visits planned about customers, and words among colleagues."""

from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType

from base.actors import Actor
from base.dates import today_in
from base.external_ids import row_ids
from base.models import ExternalId, Partner, User
from base.services import activities, messages

DONE = "talk"
CALL, MEET, TO_DO, SEND = (
    f"mail.mail_activity_data_{kind}" for kind in ("call", "meeting", "todo", "email")
)
# Whose, about whom, of which type, in how many days, what.
PLANS = (
    ("admin", "hotel_merapi", CALL, -1, "Tanyakan pembayaran faktur bulan lalu"),
    ("admin", "graha_medika", TO_DO, 0, "Perbarui alamat penagihan"),
    ("admin", "bali_resort", MEET, 2, "Bahas kontrak pasokan kopi tahun depan"),
    ("sari", "digital_kreasi", SEND, 0, "Kirim salinan bukti potong PPh 23"),
    ("sari", "medan_sawit", CALL, 3, "Pastikan jadwal pembayaran"),
    ("budi", "dinas_pendidikan", TO_DO, -2, "Periksa kelengkapan berkas pengadaan"),
    ("joko", "toko_makmur", CALL, 1, "Tawarkan paket teh celup"),
)
# From whom, to whom, about whom, what.
WORDS = (
    ("sari", "admin", "hotel_merapi", "Mereka minta faktur dikirim ulang ke alamat baru."),
    ("budi", "admin", "bangun_perkasa", "Batas kredit sudah hampir tercapai, mohon ditinjau."),
    ("joko", "sari", "warung_bahari", "Pesanan minggu depan naik dua kali lipat."),
)


def load(on: date | None = None) -> None:
    """Plan and say it all, once."""
    if ExternalId.objects.filter(module="demo", name=DONE).exists():
        return
    today = on or today_in("Asia/Jakarta")
    partners = Partner.objects.in_bulk(row_ids(Partner, "demo").values())
    known = {name: partners[pk] for name, pk in row_ids(Partner, "demo").items()}
    people = {one.username: one for one in User.objects.filter(is_active=True)}
    house = Actor.system(door="shell")
    for login, name, kind, days, summary in PLANS:
        due = today + timedelta(days=days)
        activities.schedule(
            known[f"partner_{name}"],
            kind,
            due_date=due,
            summary=summary,
            user_id=people[login].pk,
            on=today,
            by=house,
        )
    for author, reader, name, text in WORDS:
        messages.post(
            known[f"partner_{name}"],
            text,
            recipient_ids=[people[reader].partner_id],
            author_id=people[author].partner_id,
            by=house,
        )
    kind_of_partner = ContentType.objects.get_for_model(Partner)
    first = known["partner_hotel_merapi"].pk
    ExternalId.objects.create(module="demo", name=DONE, content_type=kind_of_partner, row_id=first)
