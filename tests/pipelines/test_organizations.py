from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import pipelines
from pipelines.organizations import organizations_of


def organizations(text: str, language: str = "en") -> set[str]:
    return set(organizations_of("", None, text, language))


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "NATO and the U.N. met the European Union.", {"NATO", "UN", "EU"}),
        ("en", "The WHO, the IMF and the World Bank agreed.", {"WHO", "IMF", "World Bank"}),
        ("fr", "L'OTAN et l'ONU, l'OMS et l'UE", {"NATO", "UN", "WHO", "EU"}),
        ("es", "La OTAN, la OEA y el FMI", {"NATO", "OAS", "IMF"}),
        ("pt", "A OTAN e o Mercosul", {"NATO", "Mercosur"}),
        ("it", "La Nato, l'Onu e la Commissione europea", {"NATO", "UN", "European Commission"}),
        ("de", "Die Vereinten Nationen, die Nato und die EZB", {"UN", "NATO", "ECB"}),
        ("de", "Das Treffen der Europäischen Union mit der Afrikanischen Union", {"EU", "AU"}),
        ("de", "Die UN-Vollversammlung und der Weltsicherheitsrat", {"UNGA", "UNSC"}),
        ("ru", "НАТО, ОДКБ и ШОС", {"NATO", "CSTO", "SCO"}),
        ("ru", "заседание Совета Безопасности с Европейской комиссией", {"UNSC", "European Commission"}),
        ("uk", "НАТО та ЄС", {"NATO", "EU"}),
        ("pl", "ONZ i Komisji Europejskiej", {"UN", "European Commission"}),
        ("ar", "الأمم المتحدة وحلف الناتو والاتحاد الأوروبي", {"UN", "NATO", "EU"}),
        ("zh", "联合国安理会与北约", {"UNSC", "NATO"}),
        ("zh", "東協與歐盟", {"ASEAN", "EU"}),
        ("ja", "国連総会と東南アジア諸国連合", {"UNGA", "ASEAN"}),
        ("ja", "Ｇ７と北大西洋条約機構（NATO）", {"G7", "NATO"}),
        ("tr", "NATO ve Avrupa Birliği", {"NATO", "EU"}),
        ("en", "OPEC+ cut output.", {"OPEC+"}),
        ("en", "The Quad of Japan, India, Australia and the US met.", {"Quad"}),
        ("en", "The ICC in The Hague issued a warrant.", {"ICC"}),
    ],
)
def test_an_organization_has_one_name_in_all_languages(language: str, text: str, found: set[str]) -> None:
    assert organizations(text, language) == found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "WHO IS WHO: A GUIDE"),
        ("en", "Tell us who it was; the quad bike is fast."),
        ("en", "The ICC T20 trophy goes to India."),
        ("en", "The National Security Council met at the White House."),
        ("en", "AU$ 5 and a guam postcard"),
        ("de", "Der Nationale Sicherheitsrat tagte."),
        ("fr", "AU REVOIR"),
        ("en", "EUROPE and UNIT and NATOR"),
        ("en", "brics of clay, opec in small letters"),
    ],
)
def test_words_and_other_bodies_are_none(language: str, text: str) -> None:
    assert organizations(text, language) == set()


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "UNHCR said so.", {"UNHCR"}),
        ("en", "The European Commission proposed it.", {"European Commission"}),
        ("en", "The UN Security Council voted.", {"UNSC"}),
        ("de", "Die EU-Kommission schlug es vor.", {"European Commission"}),
        ("de", "Die EU-Kommission und die EU-Staaten", {"European Commission", "EU"}),
    ],
)
def test_a_body_does_not_add_its_parent(language: str, text: str, found: set[str]) -> None:
    assert organizations(text, language) == found


def test_the_most_spoken_of_comes_first() -> None:
    assert organizations_of("", None, "The EU and NATO met; NATO agreed.", "en") == ("NATO", "EU")


def test_at_least_120_organizations_are_known_and_the_great_ones_in_nine_languages() -> None:
    path = Path(pipelines.__file__).parent / "data" / "organizations.yaml"
    known = yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)
    assert len(known) >= 120
    for name in ("UN", "UNSC", "WHO", "IAEA", "EU", "European Commission", "IMF", "WTO", "ICC", "ICJ", "AU", "OSCE"):
        assert {"ar", "zh", "en", "fr", "ru", "es", "de", "ja", "pt"} <= set(known[name])


@given(st.text(max_size=80), st.sampled_from([None, "en", "fr", "ru", "ja", "ar"]))
def test_no_text_has_an_organization_twice(text: str, language: str | None) -> None:
    found = organizations_of(text, text, "NATO\n" + text, language)
    assert len(set(found)) == len(found)
