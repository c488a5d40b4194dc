"""The language of a body, and how many words it has."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article import Publisher
from pipelines.documents import Document, document_of
from pipelines.languages import count_words, language_of
from pipelines.page import Page

SENTENCES = {
    "ar": "التقى رئيس الوزراء نظيره اليوم لبحث الأمن في المنطقة، واتفقا على عقد اجتماع جديد في الربيع.",
    "be": "Прэм'ер-міністр сустрэўся сёння са сваім калегам, каб абмеркаваць бяспеку ў рэгіёне.",
    "bg": "Министър-председателят се срещна днес със своя колега, за да обсъдят сигурността в региона.",
    "bn": "প্রধানমন্ত্রী আজ তাঁর প্রতিপক্ষের সঙ্গে দেখা করে অঞ্চলের নিরাপত্তা নিয়ে আলোচনা করেছেন।",
    "cs": "Předseda vlády se dnes setkal se svým protějškem, aby jednali o bezpečnosti v regionu.",
    "da": "Statsministeren mødte i dag sin svenske kollega for at drøfte sikkerheden i Østersøen.",
    "de": "Der Ministerpräsident traf heute seinen Amtskollegen, um über die Sicherheit in der Region zu sprechen.",
    "el": "Ο πρωθυπουργός συναντήθηκε σήμερα με τον ομόλογό του για να συζητήσουν την ασφάλεια στην περιοχή.",
    "en": "The prime minister met his counterpart today to discuss security in the region.",
    "es": "El primer ministro se reunió hoy con su homólogo para hablar de la seguridad en la región.",
    "fa": "نخست‌وزیر امروز با همتای خود دیدار کرد تا درباره امنیت منطقه گفت‌وگو کنند.",
    "fi": "Pääministeri tapasi tänään virkaveljensä keskustellakseen alueen turvallisuudesta.",
    "fr": "Le premier ministre a rencontré aujourd'hui son homologue pour parler de la sécurité dans la région.",
    "he": "ראש הממשלה נפגש היום עם עמיתו כדי לדון בביטחון באזור.",
    "hi": "प्रधानमंत्री ने आज अपने समकक्ष से मुलाकात कर क्षेत्र की सुरक्षा पर चर्चा की।",
    "hu": "A miniszterelnök ma találkozott hivatali partnerével, hogy a térség biztonságáról tárgyaljanak.",
    "it": "Il primo ministro ha incontrato oggi il suo omologo per discutere della sicurezza nella regione.",
    "ja": "首相は本日、地域の安全保障について協議するため、相手国の首相と会談した。",
    "ko": "총리는 오늘 지역 안보를 논의하기 위해 상대국 총리를 만났다.",
    "my": "ဝန်ကြီးချုပ်သည် ယနေ့ ဒေသတွင်း လုံခြုံရေးကို ဆွေးနွေးခဲ့သည်။",
    "nl": "De minister-president ontmoette vandaag zijn ambtgenoot om de veiligheid in de regio te bespreken.",
    "nn": "Statsministeren møtte i dag den svenske kollegaen sin for å drøfte tryggleiken, og dei vart samde om eit nytt møte.",
    "no": "Statsministeren møtte i dag sin svenske kollega for å drøfte sikkerheten i Østersjøen.",
    "pl": "Premier spotkał się dziś ze swoim odpowiednikiem, aby omówić bezpieczeństwo w regionie.",
    "pt": "O primeiro-ministro reuniu-se hoje com o seu homólogo para discutir a segurança na região.",
    "ro": "Prim-ministrul s-a întâlnit astăzi cu omologul său pentru a discuta despre securitatea în regiune.",
    "ru": "Премьер-министр встретился сегодня со своим коллегой, чтобы обсудить безопасность в регионе.",
    "sk": "Predseda vlády sa dnes stretol so svojím partnerom, aby rokovali o bezpečnosti v regióne.",
    "so": "Ra'iisul wasaaraha ayaa maanta la kulmay dhiggiisa si ay uga wada hadlaan amniga gobolka.",
    "sv": "Statsministern träffade i dag sin norska kollega för att diskutera säkerheten i Östersjön.",
    "sw": "Waziri mkuu alikutana leo na mwenzake ili kujadili usalama katika eneo hilo.",
    "ta": "பிரதமர் இன்று தனது சக தலைவரைச் சந்தித்து பிராந்திய பாதுகாப்பு குறித்து விவாதித்தார்.",
    "th": "นายกรัฐมนตรีได้พบกับผู้นำประเทศเพื่อนบ้านในวันนี้เพื่อหารือเรื่องความมั่นคงในภูมิภาค",
    "tr": "Başbakan bugün mevkidaşıyla bir araya gelerek bölgedeki güvenliği görüştü.",
    "uk": "Прем'єр-міністр зустрівся сьогодні зі своїм колегою, щоб обговорити безпеку в регіоні.",
    "ur": "وزیراعظم نے آج اپنے ہم منصب سے ملاقات کی تاکہ خطے کی سلامتی پر بات کی جا سکے۔",
    "vi": "Thủ tướng hôm nay đã gặp người đồng cấp để thảo luận về an ninh trong khu vực.",
    "zh": "总理今天会见了对方国家的总理，讨论了该地区的安全问题。",
    "zu": "Undunankulu uhlangane nozakwabo namuhla ukuze baxoxe ngokuphepha esifundeni.",
}


def document(lang: str = "", head: str = "") -> Document:
    content = f"<html lang='{lang}'><head><meta charset=utf-8>{head}</head><body><p>Text</p></body></html>"
    return document_of(Page("https://example.org/a", content.encode(), Publisher(id="e", name="Example"), "text/html"))


@pytest.mark.parametrize("language", SENTENCES)
def test_a_bodys_language_is_told_without_the_pages_help(language: str) -> None:
    assert language_of("\n".join([SENTENCES[language]] * 4), document()) == language


@pytest.mark.parametrize("language", [code for code in SENTENCES if code != "en"])
def test_a_template_that_declares_english_changes_nothing(language: str) -> None:
    assert language_of("\n".join([SENTENCES[language]] * 4), document("en-GB")) == language


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        ("hr", "Predsjednik vlade sastao se danas sa svojim kolegom i razgovarao o sigurnosti. "),
        ("bs", "Predsjednik vlade sastao se danas sa svojim kolegom i razgovarao o sigurnosti. "),
        ("sr", "Predsednik vlade sastao se danas sa svojim kolegom i razgovarao o bezbednosti. "),
        ("id", "Perdana Menteri bertemu dengan rekannya hari ini untuk membahas keamanan regional. "),
        ("ms", "Perdana Menteri bertemu dengan rakannya hari ini untuk membincangkan keselamatan serantau. "),
        ("nb", SENTENCES["no"]),
        ("no", SENTENCES["no"]),
    ],
)
def test_between_languages_that_are_alike_the_page_decides(declared: str, text: str) -> None:
    assert language_of(text * 4, document(declared)) == declared


@pytest.mark.parametrize("lang", ["en-US", "en_GB", "EN", " en "])
def test_a_short_text_is_in_the_language_that_its_page_declares(lang: str) -> None:
    assert language_of("Angela Merkel, Emmanuel Macron", document(lang)) == "en"


def test_a_short_text_is_not_in_a_language_of_another_script() -> None:
    assert language_of("Премьер-министр встретился с коллегой", document("en")) == "ru"


@pytest.mark.parametrize(
    ("head", "language"),
    [
        ('<meta property="og:locale" content="pt_BR">', "pt"),
        ('<meta http-equiv="Content-Language" content="pt">', "pt"),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "inLanguage": "pt"}</script>', "pt"),
        ("", None),
    ],
)
def test_where_there_is_no_text_the_page_is_asked(head: str, language: str | None) -> None:
    assert language_of("2026 – 17:41", document(head=head)) == language


def test_a_language_that_the_model_does_not_know_is_believed_to_its_page() -> None:
    tigrinya = "ቀዳማይ ሚኒስተር ሎሚ ምስ መዘናኡ ተራኺቡ ብዛዕባ ጸጥታ ዞባ ተዘራሪቡ። "
    assert language_of(tigrinya * 4, document("ti")) == "ti"
    assert language_of(SENTENCES["en"] * 4, document("ti")) == "en"


def test_filipino_is_not_finnish() -> None:
    assert language_of("", document("fil-PH")) == "tl"


def test_a_quotation_in_another_language_does_not_decide() -> None:
    assert language_of("\n".join([SENTENCES["en"]] + [SENTENCES["fr"]] * 8 + [SENTENCES["en"]]), document()) == "fr"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("", 0),
        ("– … !", 0),
        ("The ministers met in Geneva.", 5),
        ("Don't ask the vice-president of Côte d'Ivoire", 7),
        ("in 2026, $3.5 billion", 4),
        ("word—word – word/word", 4),
        ("التقى رئيس الوزراء نظيره اليوم", 5),
        ("प्रधानमंत्री ने आज अपने समकक्ष से मुलाकात की।", 8),
        ("நாட்டின் பிரதமர் பேசினார்", 3),
        ("총리는 오늘 상대국 총리를 만났다.", 5),
        ("نخست‌وزیر امروز دیدار کرد", 4),
        ("Thủ tướng hôm nay", 4),
        ("首相は会談した", 4),
        ("总理今天会见了", 4),
        ("AIは2026年", 3),
        ("นายกรัฐมนตรี", 3),
    ],
)
def test_words_are_counted_in_any_script(body: str, words: int) -> None:
    assert count_words(body) == words


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300), st.text(max_size=6))
def test_any_text_has_a_language_of_two_letters_or_none(body: str, lang: str) -> None:
    language = language_of(body, document(lang.replace("'", "").replace("\x00", "")))
    assert language is None or len(language) == 2
    assert count_words(body) >= 0
