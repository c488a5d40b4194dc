import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.gazetteer import languages
from pipelines.places import Places, places_of


def countries(text: str, language: str = "en") -> tuple[str, ...]:
    return places_of("", None, text, language).countries


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "Japan and the Republic of Korea signed a pact.", "JP KR"),
        ("en", "The Czech Republic voted with Côte d’Ivoire.", "CZ CI"),
        ("en", "JAPAN WARNS CHINA", "JP CN"),
        ("de", "Die USA und Grossbritannien berieten mit den Niederlanden.", "US GB NL"),
        ("fr", "Les Etats-Unis et l'Égypte négocient avec la République démocratique du Congo.", "US EG CD"),
        ("es", "EE.UU. y el Reino Unido firmaron con la República Popular China.", "US GB CN"),
        ("pt", "O Irã e a Polônia assinaram com a Rússia.", "IR PL RU"),
        ("it", "La Francia e il Giappone hanno firmato.", "FR JP"),
        ("nl", "Frankrijk en Zweden tekenden.", "FR SE"),
        ("ru", "Переговоры с Японией и Саудовской Аравией, визит в Турцию", "JP SA TR"),
        ("uk", "Переговори з Польщею та Німеччиною", "PL DE"),
        ("pl", "Rozmowy z Japonią, w Niemczech i na Węgrzech", "JP DE HU"),
        ("cs", "Jednání s Německem v Japonsku", "DE JP"),
        ("hu", "Találkozó Németországban és Japánban", "DE JP"),
        ("fi", "Kokous Ruotsissa ja Saksassa", "SE DE"),
        ("tr", "Türkiye'nin Yunanistan'la görüşmesi", "TR GR"),
        ("ar", "والصين للعراق", "CN IQ"),
        ("he", "ישראל ואיראן", "IL IR"),
        ("ar", "محادثات بين اليابان وروسيا وزيارة لإيران", "JP RU IR"),
        ("hi", "भारत और जापान के बीच समझौता", "IN JP"),
        ("ja", "北朝鮮とロシアが会談した。", "KP RU"),
        ("zh", "俄罗斯与乌克兰举行会谈", "RU UA"),
        ("zh", "臺灣與美國簽署協議", "TW US"),
        ("ko", "중국은 러시아와 회담했다", "CN RU"),
        ("id", "Jepang dan Tiongkok berunding", "JP CN"),
        ("th", "ญี่ปุ่นและรัสเซียลงนาม", "JP RU"),
        ("el", "Η Γαλλία και η Ιαπωνία", "FR JP"),
        ("sv", "Frankrike och Norges regering", "FR NO"),
        ("vi", "Nhật Bản và Pháp", "JP FR"),
    ],
)
def test_a_country_is_found_by_its_name_in_the_articles_language(language: str, text: str, found: str) -> None:
    assert set(countries(text, language)) == set(found.split())


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "Japanese and Filipino ministers met a Ukrainian envoy.", "JP PH UA"),
        ("de", "Der japanische Minister traf die polnischen Kollegen und einen Franzosen.", "JP PL FR"),
        ("fr", "Les ministres japonais et la délégation iranienne", "JP IR"),
        ("es", "los ministros japoneses y la delegación israelí", "JP IL"),
        ("it", "i ministri giapponesi e la delegazione russa", "JP RU"),
        ("pt", "os ministros japoneses e a delegação alemã", "JP DE"),
        ("ru", "японского министра встретили с китайскими и сирийскими дипломатами", "JP CN SY"),
        ("ru", "российско-китайские отношения", "RU CN"),
        ("el", "τουρκική κυβέρνηση", "TR"),
        ("fr", "les Coréens du Nord", "KP"),
        ("uk", "японського міністра з німецькими колегами", "JP DE"),
        ("pl", "japońskiego ministra z niemieckimi kolegami", "JP DE"),
        ("cs", "japonského ministra s německými kolegy", "JP DE"),
        ("tr", "Japon bakan Fransız mevkidaşıyla görüştü", "JP FR"),
        ("ar", "الوزير الياباني والحكومة الصينية", "JP CN"),
        ("sv", "den japanska ministern", "JP"),
        ("hu", "a japán miniszter", "JP"),
        ("ja", "日本人と韓国人", "JP KR"),
    ],
)
def test_a_country_is_found_by_its_peoples_name_in_any_form(language: str, text: str, found: str) -> None:
    assert set(countries(text, language)) == set(found.split())


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "The Kremlin rejected it; Whitehall and the White House did not answer.", "RU GB US"),
        ("en", "Beijing warned Tokyo.", "CN JP"),
        ("en", "The Blue House and Downing Street agreed.", "KR GB"),
        ("de", "Die Bundesregierung und der Élysée-Palast einigten sich.", "DE FR"),
        ("fr", "L'Élysée et la Maison-Blanche ont réagi.", "FR US"),
        ("ru", "В Кремле и Белом доме не ответили.", "RU US"),
        ("ja", "日米両政府と訪中した仏首相", "JP US CN FR"),
        ("ja", "米軍と露外相", "US RU"),
        ("zh", "中俄关系与美军", "CN RU US"),
        ("ko", "한미 정상", "KR US"),
        ("es", "La Casa Rosada y La Moneda", "AR CL"),
    ],
)
def test_a_government_stands_for_its_country(language: str, text: str, found: str) -> None:
    assert set(countries(text, language)) == set(found.split())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "China Daily printed it, and New England Patriots fans read the Panama Papers."),
        ("en", "She flew American Airlines with French fries and Swiss cheese."),
        ("en", "Michael Jordan won again; for Jordan it was the sixth title."),
        ("en", "The drummer Chad Smith played, and we sang with Chad."),
        ("es", "El batería Chad Smith tocó."),
        ("en", "Nobody has seen a Guinea worm here."),
        ("en", "Roast turkey with cranberry, then a guinea pig ran."),
        ("en", "It traded in Latin America, and on the South China Sea."),
        ("en", "Please tell us who it was."),
        ("en", "Romans, romance and polish."),
        ("de", "Die Deutsche Bank und die Süddeutsche Zeitung; im Englischen heißt es so."),
        ("fr", "Un roman de Paris Hilton."),
        ("ja", "スタイルとタイトル、一日中"),
        ("ja", "朝日新聞と日本経済新聞"),
        ("ko", "인도적 지원"),
        ("ru", "Самое главное"),
        ("tr", "hindi yemeği"),
        ("en", "Agence France-Presse said so."),
    ],
)
def test_what_only_looks_like_a_country_is_none(language: str, text: str) -> None:
    assert countries(text, language) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Georgia's government in Tbilisi met Armenian ministers.", {"GE", "AM"}),
        ("Voters in Georgia chose a governor; Atlanta counted first.", {"US"}),
        ("Turkey and Greece met.", {"TR", "GR"}),
        ("Jordan and Syria closed the border.", {"JO", "SY"}),
        ("Chad sent troops to Niger.", {"TD", "NE"}),
        ("Chad's army crossed the border near Lake Chad.", {"TD"}),
        ("Papua New Guinea and Guinea-Bissau voted.", {"PG", "GW"}),
        ("Guinea and Equatorial Guinea voted.", {"GN", "GQ"}),
        ("Congo's army fought near Goma.", {"CD"}),
        ("Congo's president left Brazzaville.", {"CG"}),
        ("Nigeria and Niger are neighbours.", {"NG", "NE"}),
        ("South Sudan left Sudan.", {"SS", "SD"}),
        ("North Korea fired a missile.", {"KP"}),
        ("The two Koreas talked.", {"KR", "KP"}),
        ("Northern Ireland and Ireland share a border.", {"GB", "IE"}),
    ],
)
def test_names_of_several_countries_are_told_apart(text: str, found: set[str]) -> None:
    assert set(countries(text)) == found


def test_the_most_spoken_of_comes_first_and_weights_are_per_cent() -> None:
    places = places_of("Japan and France", None, "Japan met France. Japan thanked Peru.", "en")
    assert places.countries == ("JP", "FR", "PE")
    assert [(one.country, one.weight) for one in places.weights] == [("JP", 50), ("FR", 40), ("PE", 10)]


def test_pairs_are_of_those_that_the_article_is_about() -> None:
    body = "Japan and China talked. Japan insisted; China declined.\n" + "They met for long in the hall. " * 30
    places = places_of("Japan and China", None, body + "Peru was asked about too.", "en")
    assert places.countries == ("CN", "JP", "PE") or places.countries == ("JP", "CN", "PE")
    assert places.dyads == ("CN-JP",)


def test_a_city_far_below_says_nothing_of_its_country() -> None:
    assert countries("The ministers of Japan met. " * 20 + "A student from Lisbon saw it.") == ("JP",)


@pytest.mark.parametrize("language", [None, "xh", "zz", "tlh"])
def test_in_languages_that_we_do_not_know_english_names_count(language: str | None) -> None:
    assert places_of("", None, "Japan", language).countries == ("JP",)


@pytest.mark.parametrize("language", ["ba", "rw", "st", "wa"])
def test_so_they_do_in_languages_for_which_cldr_has_no_names_of_countries(language: str) -> None:
    assert places_of("", None, "Japan", language).countries == ("JP",)


@pytest.mark.parametrize("language", languages())
def test_each_language_has_names_for_nearly_all_countries(language: str) -> None:
    from pipelines.gazetteer import gazetteer

    assert len({country for place in gazetteer(language).names.names.values() for country in place.countries}) > 235


@given(
    st.lists(
        st.sampled_from(["Japan", "China", "Georgia", "Jordan", " ", "\n", "the U.S.", "日米", "Китай", "’s", "-"])
    ),
    st.text(max_size=60),
    st.sampled_from([None, "en", "ru", "ja", "ar", "hu"]),
)
def test_whatever_the_text_the_values_hold_together(names: list[str], rest: str, language: str | None) -> None:
    places: Places = places_of("".join(names), rest, rest + "".join(names), language)
    assert len(set(places.countries)) == len(places.countries)
    assert tuple(one.country for one in places.weights) == places.countries
    assert set(places.about) <= set(places.countries)
    assert all(first < second for first, second in (pair.split("-") for pair in places.dyads))
