"""What stands before an article's date, in the languages that news is written in: "Published", "Stand", "最終更新日"."""

from __future__ import annotations

import re

_PUBLICATION = re.compile(
    r"""
    \b(?:published|posted|issued|released|created|dated?\b|written
    | ver(?:ö|oe)ffentlicht|erschienen|erstellt|datum|artikel\svom|gepostet                      # German
    | publi(?:é|ée)\b|paru|mise?\sen\sligne|rédigé                                            # French
    | publicad[oa]|publicat|fecha|data\b|pubblicat[oa]                                        # Spanish, Portuguese, Catalan, Italian
    | geplaatst|gepubliceerd|publisert|publicerad|udgivet|offentliggjort|julkaistu            # Dutch, Nordic, Finnish
    | opublikowan[oy]|dodano|zveřejněno|publikov[aá]no|vydáno|objavljeno|közzétéve|megjelent   # Polish, Czech, Slovak, South Slavic, Hungarian
    | publicat|yayın|giriş|tarih|đăng|diterbitkan|dipublikasikan|tayang|dimuat                # Romanian, Turkish, Vietnamese, Indonesian
    | опубликован|дата|размещен|опубліковано|публик|објављено|δημοσ)
    | 公開|掲載|配信|発行|投稿|登録|公表|发布|發布|发表|發表|时间|時間|日期|입력|등록|게시|승인|작성
    | نشر|تاريخ|تاریخ|انتشار|प्रकाशित|פורסם|תאריך|প্রকাশ|เผยแพร่|วันที่
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CHANGE = re.compile(
    r"""
    \b(?:updated|modified|revised|last\s(?:edit|change|review)|edited
    | aktualisier|ge(?:ä|ae)ndert|(?:ä|ae)nderung|stand\b|mise?\sà\sjour|modifié|actualiz|atualiz|actualitz|aggiornat
    | bijgewerkt|gewijzigd|oppdatert|uppdaterad|opdateret|päivitetty|aktualiz|zaktualizowano|ažurirano|frissítve|güncel|cập\snhật|diperbarui
    | обновл|изменен|оновлено|ενημερ)
    | 更新|修正|수정|تحديث|روزرسانی|अपडेट|עודכן|আপডেট|อัปเดต
    """,
    re.VERBOSE | re.IGNORECASE,
)


def is_label_of_publication(text: str) -> bool:
    """Does it say that a date after it is that of publication?"""
    return _PUBLICATION.search(text) is not None


def is_label_of_change(text: str) -> bool:
    """Does it say that a date after it is that of the last change?"""
    return _CHANGE.search(text) is not None
