"""Small lists that every house begins with: product categories, message subtypes, activity types, industries, banks."""

from typing import Any

Rows = dict[str, dict[str, Any]]

CATEGORIES: Rows = {
    "product_category_goods": {"name_en": "Goods", "name_ind": "Barang"},
    "product_category_services": {"name_en": "Services", "name_ind": "Jasa"},
    "product_category_expenses": {"name_en": "Expenses", "name_ind": "Beban"},
}

SUBTYPES: Rows = {
    "mt_comment": {
        "name_en": "Discussions",
        "name_ind": "Diskusi",
        "is_default": True,
        "is_hidden": True,
        "sequence": 0,
    },
    "mt_note": {
        "name_en": "Note",
        "name_ind": "Catatan",
        "is_default": False,
        "is_internal": True,
        "is_hidden": True,
        "sequence": 100,
    },
    "mt_activities": {
        "name_en": "Activities",
        "name_ind": "Aktivitas",
        "is_default": False,
        "is_internal": True,
        "sequence": 90,
    },
}

ACTIVITY_TYPES: Rows = {
    "mail_activity_data_email": {
        "name_en": "E-mail",
        "name_ind": "Surel",
        "icon": "envelope",
        "sequence": 3,
    },
    "mail_activity_data_call": {
        "name_en": "Call",
        "name_ind": "Telepon",
        "icon": "telephone",
        "category": "phonecall",
        "delay_count": 2,
        "sequence": 6,
    },
    "mail_activity_data_meeting": {
        "name_en": "Meeting",
        "name_ind": "Rapat",
        "icon": "people",
        "category": "meeting",
        "sequence": 9,
    },
    "mail_activity_data_todo": {
        "name_en": "To-do",
        "name_ind": "Tugas",
        "icon": "check2-square",
        "delay_count": 5,
        "sequence": 12,
    },
    "mail_activity_data_upload_document": {
        "name_en": "Document",
        "name_ind": "Dokumen",
        "icon": "upload",
        "category": "upload_file",
        "delay_count": 5,
        "sequence": 25,
    },
    "mail_activity_data_warning": {
        "name_en": "Exception",
        "name_ind": "Pengecualian",
        "icon": "exclamation-triangle",
        "sequence": 99,
    },
}

# The sections of KBLI 2020, which are those of ISIC rev. 4.
INDUSTRIES: dict[str, tuple[str, str]] = {
    "A": ("Agriculture, forestry and fishing", "Pertanian, kehutanan, dan perikanan"),
    "B": ("Mining and quarrying", "Pertambangan dan penggalian"),
    "C": ("Manufacturing", "Industri pengolahan"),
    "D": ("Electricity and gas supply", "Pengadaan listrik dan gas"),
    "E": ("Water supply and waste", "Pengelolaan air dan sampah"),
    "F": ("Construction", "Konstruksi"),
    "G": ("Wholesale and retail trade", "Perdagangan besar dan eceran"),
    "H": ("Transportation and storage", "Pengangkutan dan pergudangan"),
    "I": ("Accommodation and food service", "Akomodasi dan makan minum"),
    "J": ("Information and communication", "Informasi dan komunikasi"),
    "K": ("Finance and insurance", "Keuangan dan asuransi"),
    "L": ("Real estate", "Real estat"),
    "M": ("Professional and scientific services", "Jasa profesional dan ilmiah"),
    "N": ("Administrative and support services", "Jasa administrasi dan penunjang"),
    "O": ("Public administration", "Administrasi pemerintahan"),
    "P": ("Education", "Pendidikan"),
    "Q": ("Health and social work", "Kesehatan dan sosial"),
    "R": ("Arts and recreation", "Kesenian dan rekreasi"),
    "S": ("Other services", "Jasa lainnya"),
    "T": ("Households as employers", "Rumah tangga pemberi kerja"),
    "U": ("International organisations", "Badan internasional"),
}

BANKS: dict[str, str] = {
    "BCA": "CENAIDJA",
    "Bank Mandiri": "BMRIIDJA",
    "Bank Rakyat Indonesia": "BRINIDJA",
    "Bank Negara Indonesia": "BNINIDJA",
    "Bank Tabungan Negara": "BTANIDJA",
    "Bank Syariah Indonesia": "BSMDIDJA",
    "CIMB Niaga": "BNIAIDJA",
    "Bank Danamon": "BDINIDJA",
    "Bank Permata": "BBBAIDJA",
    "Bank OCBC NISP": "NISPIDJA",
    "Panin Bank": "PINBIDJA",
    "Maybank Indonesia": "IBBKIDJA",
    "Bank Mega": "MEGAIDJA",
    "Bank BJB": "PDJBIDJA",
    "Bank Muamalat": "MUABIDJA",
    "Bank DBS Indonesia": "DBSBIDJA",
    "HSBC Indonesia": "HSBCIDJA",
    "Citibank Indonesia": "CITIIDJX",
}


def industries() -> Rows:
    """The sections of the classification of business fields."""
    return {
        f"res_partner_industry_{letter}": {"name_en": english, "name_ind": indonesian}
        for letter, (english, indonesian) in INDUSTRIES.items()
    }


def banks(country_id: int) -> Rows:
    """The larger banks of Indonesia."""
    return {
        f"bank_{bic.lower()}": {"name": name, "bic": bic, "country_id": country_id}
        for name, bic in BANKS.items()
    }
