"""Words that strangers might write: mark-up that would fetch something, addresses, characters that do not show."""

from typing import Final

from tests.promises.release import times

MARK: Final = "xq7leak"
"""Stands in every address of the payloads: whoever opens a path with it has followed one."""

_FETCHING = (
    "<img src=//{0}/share/{1}.png>",
    '<img src="//{0}/share/{1}.png">',
    '<img src="\\\\{0}\\share\\{1}.png">',
    "<img src=file:///{0}/{1}.png>",
    "<img src=file://{0}/share/{1}.png>",
    "<img src=/{0}/{1}.png>",
    "<img src=./{0}/{1}.png>",
    "<img src=http://{0}.example/{1}.png>",
    "<img src=https://{0}.example/{1}.png>",
    "<img src=ftp://{0}.example/{1}.png>",
    "<img src=qrc:/{0}/{1}.png>",
    '<img src=":/{0}/{1}.png">',
    "<img src=\"data:image/svg+xml;utf8,<svg><image href='file:///{0}/{1}.png'/></svg>\">",
    "<IMG SRC=/{0}/{1}.png>",
    "<img\tsrc=/{0}/{1}.png>",
    "<img width=1 src='/{0}/{1}.png'/>",
    "<b>bold</b><img src=/{0}/{1}.png>",
    "<br><img src=/{0}/{1}.png>",
    "<hr/><img src=/{0}/{1}.png>",
    "<p><img src=/{0}/{1}.png></p>",
    "<h1>big</h1><img src=/{0}/{1}.png>",
    "<center><img src=/{0}/{1}.png></center>",
    "<qt><img src=/{0}/{1}.png></qt>",
    "<html><body><img src=/{0}/{1}.png></body></html>",
    "<!DOCTYPE html><img src=/{0}/{1}.png>",
    '<?xml version="1.0"?><img src=/{0}/{1}.png>',
    "<body background=/{0}/{1}.png>x</body>",
    "<table background=/{0}/{1}.png><tr><td>x</td></tr></table>",
    '<span style="background-image:url(/{0}/{1}.png)">x</span>',
    '<ul style="list-style-image:url(/{0}/{1}.png)"><li>x</li></ul>',
    '<style>@import url("file:///{0}/{1}.css"); * {{background-image:url(/{0}/{1}.png)}}</style>x',
    "<style type=text/css>p {{background:url(//{0}/s/{1}.png)}}</style><p>x</p>",
    "<link rel=stylesheet href=/{0}/{1}.css><p>x</p>",
    '<a href="file:///{0}/{1}">press</a>',
    '<a href="http://{0}.example/{1}">press</a>',
    '<a href="//{0}/share/{1}"><img src=//{0}/share/{1}.png></a>',
    "<a href='javascript:open(\"//{0}/{1}\")'>press</a>",
    "<object data=/{0}/{1}.png></object>",
    "<iframe src=/{0}/{1}.html></iframe>",
    "<script src=/{0}/{1}.js></script><b>x</b>",
    "<svg><image href=/{0}/{1}.png /></svg>",
    "<video src=/{0}/{1}.mp4 poster=/{0}/{1}.png></video>",
    "<font color=red size=7><img src=/{0}/{1}.png></font>",
    "&lt;img src=/{0}/{1}.png&gt;",
    "&amp;<img src=/{0}/{1}.png>",
    "name <img src=/{0}/{1}.png> name",
    "![picture](file:///{0}/{1}.png)",
    "[press](file:///{0}/{1})",
    "\\\\{0}\\share\\{1}.txt",
    "//{0}/share/{1}.txt",
    "file:///{0}/{1}.txt",
    "smb://{0}/share/{1}",
    '=HYPERLINK("http://{0}.example/{1}")',
    "<img src=/{0}/{1}.png>&File &Edit %1 %s {{}}",
)
UNSEEN: Final = (
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2069\u00ad\u034f\u180e\u200b\u2060\u2061\u2064\u206a"
    "\u206f\u3164\ufe00\ufeff\uffa0\ufff9\ufffb\U000e0001\U000e0041\U000e007f"
    "\x01\x02\x07\x08\x0e\x1b\x1f\x7f\x80\x90\x9f"
)
"""Characters that do not show or that turn the direction; a lone U+2068 is among the payloads below."""

FETCHING: Final = tuple(words.format(MARK, number) for number, words in enumerate(_FETCHING))
HIDING: Final = (
    *(f"Ana{unseen}{number} Ruiz" for number, unseen in enumerate(UNSEEN)),
    "gnp.\u202eexe.txt",
    "open\u2068 isolate",
    "<img\u200b src=/xq7leak/z.png>",
    "\u202e<img src=/xq7leak/r.png>\u202c",
)
PAYLOADS: Final = (*FETCHING, *times(HIDING[::9], HIDING))
