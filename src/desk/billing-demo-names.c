/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-demo-names"

#include "config.h"

#include "billing-demo-data.h"

/* Common names of many languages, put together by chance: scripts, accents and orders that a clinic meets. */

#define NAMES(...) ((const char * const[]) { __VA_ARGS__, NULL })

const BillingDemoCulture billing_demo_cultures[] = {
  { "en", 30, FALSE,
    NAMES ("Emma", "Olivia", "Grace", "Hannah", "Charlotte", "Ruth", "Margaret", "Alice", "Naomi", "Eleanor", "Jasmine", "Kayla"),
    NAMES ("James", "William", "Henry", "Samuel", "Marcus", "Daniel", "Walter", "Isaiah", "Owen", "Theodore", "Caleb", "Joseph"),
    NAMES ("Carter", "Bennett", "Hughes", "Walker", "Brooks", "Foster", "O’Connor", "Fletcher", "Washington", "Mills", "Parker",
           "Whitfield", "Sinclair", "Hayes", "Thornton-Reed"), NULL },
  { "es", 16, FALSE,
    NAMES ("María José", "Lucía", "Sofía", "Inés", "Guadalupe", "Ximena", "Begoña", "Rocío"),
    NAMES ("José Ángel", "Andrés", "Joaquín", "Iñaki", "Martín", "Raúl", "Álvaro", "Óscar"),
    NAMES ("García Núñez", "Mejía", "Rodríguez", "Muñoz", "Hernández Peña", "Ibáñez", "Castañeda", "Vélez", "Gutiérrez"), NULL },
  { "zh", 7, TRUE,
    NAMES ("秀英", "静怡", "晓雯", "丽华", "梦洁", "雨桐"),
    NAMES ("伟", "志强", "建国", "浩然", "子轩", "明辉"),
    NAMES ("王", "李", "张", "刘", "陈", "欧阳", "黄"), NULL },
  { "ar", 5, FALSE,
    NAMES ("فاطمة", "مريم", "ليلى", "نور", "سلمى"),
    NAMES ("محمد", "أحمد", "يوسف", "خالد", "عمر"),
    NAMES ("الهاشمي", "حداد", "منصور", "الخطيب", "صالح"), NULL },
  { "hi", 5, FALSE,
    NAMES ("प्रिया", "अनन्या", "सुनीता", "काव्या", "मीरा"),
    NAMES ("राहुल", "अर्जुन", "विजय", "सुरेश", "रोहन"),
    NAMES ("शर्मा", "पटेल", "सिंह", "गुप्ता", "अय्यर"), NULL },
  { "vi", 5, TRUE,
    NAMES ("Thị Hương", "Ngọc Ánh", "Thu Thảo", "Bích Phượng"),
    NAMES ("Văn Đức", "Quốc Bảo", "Minh Tuấn", "Hữu Phước"),
    NAMES ("Nguyễn", "Trần", "Phạm", "Đặng", "Huỳnh"), NULL },
  { "ko", 4, TRUE,
    NAMES ("서연", "지우", "하은", "수빈"),
    NAMES ("민준", "도윤", "현우", "지훈"),
    NAMES ("김", "이", "박", "최", "정"), NULL },
  { "ja", 4, TRUE,
    NAMES ("陽子", "さくら", "美咲", "恵子"),
    NAMES ("健太", "翔", "大輔", "蓮"),
    NAMES ("佐藤", "鈴木", "高橋", "渡辺", "斎藤"), NULL },
  { "ru", 4, FALSE,
    NAMES ("Анна", "Екатерина", "Ольга", "Татьяна"),
    NAMES ("Дмитрий", "Сергей", "Алексей", "Фёдор"),
    NAMES ("Иванов", "Соколов", "Лебедев", "Журавлёв"),
    NAMES ("Иванова", "Соколова", "Лебедева", "Журавлёва") },
  { "pl", 4, FALSE,
    NAMES ("Małgorzata", "Agnieszka", "Zofia", "Łucja"),
    NAMES ("Paweł", "Łukasz", "Krzysztof", "Stanisław"),
    NAMES ("Wiśniewski", "Dąbrowski", "Wójcik", "Żukowski"),
    NAMES ("Wiśniewska", "Dąbrowska", "Wójcik", "Żukowska") },
  { "de", 3, FALSE,
    NAMES ("Käthe", "Ursula", "Annelie"),
    NAMES ("Jörg", "Günther", "Matthias", "Sören"),
    NAMES ("Weiß", "Müller", "von der Heide", "Schröder", "Groß"), NULL },
  { "fr", 3, FALSE,
    NAMES ("Chloé", "Zoë", "Anaïs", "Marie-Hélène"),
    NAMES ("François", "Gaël", "Jérôme", "Benoît"),
    NAMES ("Lefèvre", "D’Aubigné", "Côté", "Noël", "Gagné"), NULL },
  { "pt", 3, FALSE,
    NAMES ("Conceição", "Antônia", "Luísa", "Beatriz"),
    NAMES ("João", "Tomás", "Caetano", "Simão"),
    NAMES ("Gonçalves", "da Conceição", "Araújo", "Simões"), NULL },
  { "tr", 2, FALSE,
    NAMES ("Ayşe", "İpek", "Gülşah"),
    NAMES ("Çağrı", "İsmail", "Oğuz"),
    NAMES ("Yıldız", "Öztürk", "Şahin"), NULL },
  { "el", 2, FALSE,
    NAMES ("Ελένη", "Σοφία", "Δέσποινα"),
    NAMES ("Γιώργος", "Νίκος", "Αλέξανδρος"),
    NAMES ("Παπαδόπουλος", "Νικολάου"),
    NAMES ("Παπαδοπούλου", "Νικολάου") },
  { "he", 1, FALSE,
    NAMES ("נועה", "תמר", "יעל"),
    NAMES ("איתי", "דוד", "אורי"),
    NAMES ("כהן", "לוי", "פרץ"), NULL },
  { "is", 1, FALSE,
    NAMES ("Guðrún", "Þórdís", "Ásta"),
    NAMES ("Björn", "Þorsteinn", "Óðinn"),
    NAMES ("Jónsson", "Sigurðsson"),
    NAMES ("Jónsdóttir", "Sigurðardóttir") },
  { "th", 1, FALSE,
    NAMES ("สมหญิง", "มาลี"),
    NAMES ("สมชาย", "ประเสริฐ"),
    NAMES ("ใจดี", "ศรีสุข"), NULL },
};

const guint billing_demo_n_cultures = G_N_ELEMENTS (billing_demo_cultures);

/* The part of an e-mail address before the number. */
const char * const billing_demo_handles[] = {
  "maple", "sunflower", "harbor", "lantern", "juniper", "river", "pebble", "orchard", "comet", "clover", "willow",
  "breeze", "copper", "meadow", "falcon", "hazel", NULL,
};

const char * const billing_demo_streets[] = {
  "Elm Street", "Chestnut Avenue", "Mill Road", "Orchard Lane", "2nd Street", "Station Square", "Lakeview Drive", "Church Street",
  "Maple Court", "Harbor Way", "Sycamore Terrace", "Old Post Road", NULL,
};

const char * const billing_demo_cities[] = { "Brookfield", "Northgate", "Ashford", "Riverton", "Millbrook", NULL };
