"""Words that people build passwords from. A password has to hold more than these.

Written without diacritics, because typed passwords often are. Longest first matters to nobody: every
occurrence of every word is taken out.
"""

COMMON = (
    # what every list of leaked passwords begins with
    *(
        "password",
        "passw0rd",
        "qwertyuiop",
        "asdfghjkl",
        "zxcvbnm",
        "qwerty",
        "letmein",
        "welcome",
        "iloveyou",
    ),
    *("monkey", "dragon", "football", "baseball", "sunshine", "princess", "superman", "batman"),
    *("abc123", "abcd1234", "1q2w3e4r", "1qaz2wsx", "q1w2e3r4", "trustno1", "whatever", "shadow", "michael"),
    *(
        "secret",
        "changeme",
        "default",
        "computer",
        "internet",
        "admin",
        "administrator",
        "root",
        "login",
        "test",
    ),
    *("user", "guest", "system", "server", "hello", "google", "facebook", "zalo", "samsung", "iphone"),
    # the same in Vietnamese
    *("matkhau", "khongbiet", "anhyeuem", "emyeuanh", "toiyeu", "yeuem", "yeuanh", "giadinh", "hanhphuc"),
    *(
        "vietnam",
        "hanoi",
        "saigon",
        "tphcm",
        "sonla",
        "langson",
        "chienthang",
        "concuame",
        "nhocon",
        "congty",
    ),
    *("quantri", "quanly", "nguoidung", "dangnhap", "taikhoan", "maychu", "xinchao", "chaoban", "tinhyeu"),
    # what this site is about
    *(
        "timhieu",
        "cuocthi",
        "daihoi",
        "daihoidang",
        "dangbo",
        "bantochuc",
        "tuyengiao",
        "tinhuy",
        "nghiquyet",
    ),
    *("tracnghiem", "cauhoi", "donvi", "hoithi", "contest", "quiz", "organiser", "btc", "ubnd"),
)
RUNS = (
    "0123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb",
)
