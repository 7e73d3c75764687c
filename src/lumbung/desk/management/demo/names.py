"""Invented people: common given names of Lombok and Sumbawa, put together by chance."""

from random import Random

from lumbung.people.choices import Salutation
from lumbung.people.rules import NewPerson

WOMEN = (
    "Sahnim Nurhayati Aisyah Rohana Siti Hawa Mariani Sulastri Hidayati Munawarah Zaenab Fatimah Halimah Rukayah "
    "Suhaini Juminah Khairunnisa Ernawati Marlina Nurul Aini Laeli Husniah Ratna Sumarni Hartini Wahyuni Kartini "
    "Salmah Jumratul Maesarah Nuraini Yuliana Rusmini Hamidah Isnaini Baiyah Mastiah"
).split()
MEN = (
    "Zainuddin Mahsun Saharudin Suhardi Amir Hamzah Mustafa Ridwan Syamsul Bahri Junaidi Ahyar Fathurrahman Wirawan "
    "Sudirman Iskandar Ismail Ibrahim Jalaludin Kamarudin Lukman Marzuki Nasrudin Rahmat Sanusi Taufik Usman Yusuf "
    "Abdullah Hasan Husen Jamaludin Munir Supardi Mukhlis Hadi Sapriadi Turmuzi"
).split()
TITLES: dict[str, dict[Salutation, tuple[str, ...]]] = {
    "lombok": {Salutation.IBU: ("", "", "", "Baiq"), Salutation.BAPAK: ("", "", "", "Lalu")},
    "mataram": {Salutation.IBU: ("", "", "Ni Made", "Baiq"), Salutation.BAPAK: ("", "", "I Wayan", "Lalu")},
    "sumbawa": {Salutation.IBU: ("", "", "Lala"), Salutation.BAPAK: ("", "", "Lalu")},
    "bima": {Salutation.IBU: ("", "", "Umi"), Salutation.BAPAK: ("", "", "Muhammad")},
}
GROUPS = (
    "Beriuk Maju|Pade Angen|Sumber Rejeki|Harapan Bunda|Tunas Baru|Mele Maju|Karya Bersama|Bina Usaha|Sinar Rinjani|"
    "Mutiara Hati|Sejahtera|Sai Sate|Saling Sakiki|Maju Bersama|Cahaya Timur|Rinjani Indah|Sabalong|Samawa Karya"
).split("|")
ROADS = ("Melati", "Mawar", "Pelita", "Masjid", "Pasar", "Sawah", "Kenari", "Rinjani", "Tambora", "Pejuang")
HAMLETS = (
    "Dasan Baru",
    "Montong",
    "Gubuk Timur",
    "Gubuk Barat",
    "Karang Anyar",
    "Lauk Masjid",
    "Daye Peken",
    "Orong",
)
PHONES_OF_NOBODY = "+6280000"
"""Numbers that begin like this are given to nobody in Indonesia."""


class People:
    """Gives out invented people, always the same for the same seed."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.count = 0

    def phone(self) -> str:
        self.count += 1
        return f"{PHONES_OF_NOBODY}{self.count:06d}"

    def somebody(self, culture: str, *, women: float = 0.7, phone: bool = True) -> NewPerson:
        salutation = Salutation.IBU if self.chance.random() < women else Salutation.BAPAK
        names = WOMEN if salutation == Salutation.IBU else MEN
        words = [
            self.chance.choice(TITLES[culture][salutation]),
            *self.chance.sample(names, self.chance.choice((1, 2))),
        ]
        return NewPerson(" ".join(filter(None, words)), salutation, self.phone() if phone else "")

    def house(self) -> str:
        return f"Jl. {self.chance.choice(ROADS)} {self.chance.randint(1, 240)}"

    def account(self) -> str:
        return f"99{self.chance.randrange(10**10):010d}"

    def hamlet(self) -> str:
        return self.chance.choice(HAMLETS)

    def group(self) -> str:
        return self.chance.choice(GROUPS)
