//! The words a made-up story is made of: fifteen ways of writing, so that widths, folding and encodings are all met.
//!
//! Imports nothing.

/// A way of writing.
pub struct Script {
    /// What texts are made of.
    pub words: Vec<&'static str>,
    /// What names are made of.
    pub names: Vec<&'static str>,
    /// What stands between two words.
    pub blank: &'static str,
    /// What ends a sentence.
    pub stop: &'static str,
}

/// Words, names, what stands between words, what ends a sentence.
const SCRIPTS: [(&str, &str, &str, &str); 15] = [
    (
        "the harbour board said that a letter on tariffs had reached its office before sunrise and nobody would say who \
         wrote it because several ministers were still reading what agency lawyers called an early draft of some memo \
         about cranes steel export permits",
        "Ashby Brandt Calder Dunmore Ellery Farrow Greer Holt Ingram Jessop Kestrel Lowell Marlow Norwood Orme Pryce",
        " ",
        ".",
    ),
    (
        "ministr řekl že přístav zůstane zavřený dokud úřad nedokončí kontrolu všech kontejnerů které přišly během noci \
         večer mluvčí odmítla uvést další podrobnosti",
        "Dvořák Šťastný Říha Kučerová Žáček Čermák Růžička Ďurica Křížová Matějka Vávra Zeman Horáček Bláha Sýkora Němec",
        " ",
        ".",
    ),
    (
        "rzecznik powiedział że spółka złoży odwołanie jeśli urząd nie zmieni decyzji dotyczącej zezwoleń na wywóz części \
         również świadkowie mówią źródła są ostrożne",
        "Łukasz Żółtowski Śliwa Ćwik Gałązka Wójcik Jędrzej Dąbrowska Kołodziej Pawłowicz Zieliński Brzęk Szymański Mróz Kępa Łoś",
        " ",
        ".",
    ),
    (
        "sözcü şirketin mahkemeye başvuracağını çünkü kararın haksız olduğunu söyledi ancak bakanlık görüş bildirmedi \
         bugün liman yine kapalı kaldı ilgili işçiler bekliyor",
        "Öztürk Çelik Şahin Yıldız Güneş Kılıç Doğan Işık Üstün Özdemir Ağaoğlu Bıçakçı Gökçe İnce Tuğçe Çağlar",
        " ",
        ".",
    ),
    (
        "người phát ngôn nói rằng cảng sẽ đóng cửa cho đến khi cuộc kiểm tra kết thúc và không ai biết ai đã viết bức thư \
         đầu tiên về thuế quan",
        "Nguyễn Trần Lê Phạm Hoàng Huỳnh Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Phan",
        " ",
        ".",
    ),
    (
        "ο εκπρόσωπος είπε ότι το λιμάνι θα μείνει κλειστό μέχρι να τελειώσει ο έλεγχος ενώ κανείς δεν ξέρει ποιος έγραψε \
         την πρώτη επιστολή για τους δασμούς",
        "Παπαδόπουλος Γεωργίου Ιωάννου Καραγιάννης Νικολάου Δημητρίου Οικονόμου Βλάχος Αγγελής Μακρής Λάμπρου Σταύρου Ράλλης Ζέρβας Θεοχάρης Φωτίου",
        " ",
        ".",
    ),
    (
        "представитель сообщил что порт останется закрытым пока ведомство не завершит проверку грузов а письмо о пошлинах \
         никто ещё не видел целиком вчера вечером",
        "Иванов Смирнова Кузнецов Попова Соколов Лебедева Козлов Новикова Морозов Петрова Волков Зайцева Соловьёв Виноградов Голубева Щукин",
        " ",
        ".",
    ),
    (
        "речниця повідомила що підприємство оскаржить рішення якщо міністерство його не змінить і жоден свідок ще не \
         підтвердив цього їхній лист читали",
        "Шевченко Ґоляк Єфімчук Їжакевич Кравець Мельник Бондаренко Ткаченко Коваль Олійник Лисенко Гнатюк Поліщук Савчук Руденко Мороз",
        " ",
        ".",
    ),
    (
        "قال المتحدث إن الميناء سيبقى مغلقا حتى تنتهي الهيئة من فحص الحاويات ولم يعرف أحد من كتب الرسالة الأولى عن \
         الرسوم قبل الفجر",
        "الأحمد الخطيب السيد المصري الشامي النجار الحداد العلي البغدادي القاسم الفارس الزهراني التميمي الهاشمي الرشيد الكندي",
        " ",
        ".",
    ),
    (
        "הדובר אמר כי הנמל יישאר סגור עד שהרשות תסיים את הבדיקה ואיש אינו יודע מי כתב את המכתב הראשון על המכסים לפני \
         הזריחה",
        "כהן לוי מזרחי פרץ ביטון דהן אברהם פרידמן אזולאי כץ שפירא גבאי חדד עמר סגל ברק",
        " ",
        ".",
    ),
    (
        "प्रवक्ता ने कहा कि जाँच पूरी होने तक बंदरगाह बंद रहेगा और पहला पत्र किसने लिखा यह कोई नहीं जानता मंत्री अभी पढ़ रहे \
         हैं",
        "शर्मा वर्मा गुप्ता सिंह यादव मिश्रा तिवारी जोशी पटेल नायर मेहता चौहान रेड्डी बोस दुबे पांडे",
        " ",
        "।",
    ),
    (
        "发言人 表示 港口 将 继续 关闭 直到 检查 结束 没有 人 知道 谁 写 了 第一 封 信 部长 仍 在 阅读 草案 关于 关税 的 \
         备忘录 昨晚 送达",
        "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林",
        "",
        "。",
    ),
    (
        "広報担当者は 検査が 終わるまで 港を 閉鎖すると 述べた 最初の 手紙を 誰が 書いたかは まだ 分かって いない 大臣は \
         関税の 草案を 読んで いる 昨夜 届いた",
        "佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上",
        "",
        "。",
    ),
    (
        "대변인은 검사가 끝날 때까지 항구를 닫겠다고 말했다 첫 편지를 누가 썼는지는 아무도 모른다 장관은 관세 초안을 아직 \
         읽고 있다 어젯밤 도착한",
        "김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황",
        " ",
        ".",
    ),
    (
        "โฆษก กล่าว ว่า ท่าเรือ จะ ปิด จนกว่า การตรวจสอบ จะ เสร็จสิ้น และ ไม่มีใคร รู้ ว่า ใคร เขียน จดหมาย ฉบับแรก เรื่อง ภาษี \
         เมื่อคืน",
        "สมชาย ศรีสุข วงศ์ทอง ใจดี บุญมี แสงจันทร์ พงษ์ไทย รัตนา ทองคำ สุวรรณ ชัยชนะ มีสุข เพชรรุ่ง อินทร์ ดวงดี แก้วตา",
        " ",
        "",
    ),
];

/// All of them; the first is English.
pub fn scripts() -> Vec<Script> {
    let words = |text: &'static str| text.split_whitespace().collect();
    let script = |(text, names, blank, stop)| Script { words: words(text), names: words(names), blank, stop };
    SCRIPTS.into_iter().map(script).collect()
}
