"""The items of the multilingual pack, each in fourteen languages.

Numbers stand as {a}, {b}, ...: make_multilingual.py writes them with the digits and marks of the language.
Written without review by native speakers of every language; README.md says so.
"""

# ruff: noqa: E501
from __future__ import annotations

LANGUAGES = ["en", "de", "fr", "es", "pt", "it", "ru", "zh", "ja", "ko", "ar", "hi", "bn", "sw"]

# how the answer is asked for
ASK_NUMBER = {
    "en": 'Think step by step and end with a line of the form "Answer: <number>".',
    "de": "Denke Schritt für Schritt und schließe mit einer Zeile der Form „Antwort: <Zahl>“.",
    "fr": "Réfléchis étape par étape et termine par une ligne de la forme « Réponse : <nombre> ».",
    "es": "Piensa paso a paso y termina con una línea de la forma «Respuesta: <número>».",
    "pt": "Pense passo a passo e termine com uma linha da forma «Resposta: <número>».",
    "it": "Ragiona passo dopo passo e concludi con una riga della forma «Risposta: <numero>».",
    "ru": "Рассуждай по шагам и закончи строкой вида «Ответ: <число>».",
    "zh": "请一步一步思考，最后一行写成“答案：<数字>”。",
    "ja": "順を追って考え、最後の行に「答え：<数>」の形で答えてください。",
    "ko": "단계별로 생각하고 마지막 줄에 “답: <숫자>” 형식으로 답하세요.",
    "ar": "فكّر خطوة بخطوة واختم بسطر على الشكل «الإجابة: <العدد>».",
    "hi": "चरण-दर-चरण सोचिए और अंत में “उत्तर: <संख्या>” के रूप में एक पंक्ति लिखिए।",
    "bn": "ধাপে ধাপে ভাবুন এবং শেষে “উত্তর: <সংখ্যা>” আকারে একটি লাইন লিখুন।",
    "sw": 'Fikiri hatua kwa hatua na umalizie kwa mstari wa namna hii: "Jibu: <nambari>".',
}
ASK_LETTER = {
    "en": 'Exactly one option is right. End with a line of the form "Answer: <letter>".',
    "de": "Genau eine Möglichkeit ist richtig. Schließe mit einer Zeile der Form „Antwort: <Buchstabe>“.",
    "fr": "Une seule proposition est juste. Termine par une ligne de la forme « Réponse : <lettre> ».",
    "es": "Solo una opción es correcta. Termina con una línea de la forma «Respuesta: <letra>».",
    "pt": "Só uma opção está certa. Termine com uma linha da forma «Resposta: <letra>».",
    "it": "Una sola opzione è giusta. Concludi con una riga della forma «Risposta: <lettera>».",
    "ru": "Верен ровно один вариант. Закончи строкой вида «Ответ: <буква>».",
    "zh": "只有一个选项正确。最后一行写成“答案：<字母>”。",
    "ja": "正しい選択肢は一つだけです。最後の行に「答え：<文字>」の形で答えてください。",
    "ko": "맞는 선택지는 하나뿐입니다. 마지막 줄에 “답: <글자>” 형식으로 답하세요.",
    "ar": "خيار واحد فقط صحيح. اختم بسطر على الشكل «الإجابة: <الحرف>».",
    "hi": "केवल एक विकल्प सही है। अंत में “उत्तर: <अक्षर>” के रूप में एक पंक्ति लिखिए।",
    "bn": "কেবল একটি বিকল্প সঠিক। শেষে “উত্তর: <অক্ষর>” আকারে একটি লাইন লিখুন।",
    "sw": 'Chaguo moja tu ni sahihi. Malizia kwa mstari wa namna hii: "Jibu: <herufi>".',
}

# (id, tags, values, target, text by language); a value is a string such as "2.50"
NUMBERS: list[tuple[str, str, dict[str, str], int | float, dict[str, str]]] = [
    (
        "market",
        "reasoning decimals",
        {"a": "3", "p": "2.50", "b": "2", "q": "3.20", "c": "20"},
        6.1,
        {
            "en": "Maria buys {a} kg of apples at {p} euros a kilogram and {b} kg of pears at {q} euros a kilogram. She pays with a {c}-euro note. How many euros does she get back?",
            "de": "Maria kauft {a} kg Äpfel zu {p} Euro das Kilo und {b} kg Birnen zu {q} Euro das Kilo. Sie bezahlt mit einem {c}-Euro-Schein. Wie viel Euro bekommt sie zurück?",
            "fr": "Maria achète {a} kg de pommes à {p} euros le kilo et {b} kg de poires à {q} euros le kilo. Elle paie avec un billet de {c} euros. Combien d'euros lui rend-on ?",
            "es": "María compra {a} kg de manzanas a {p} euros el kilo y {b} kg de peras a {q} euros el kilo. Paga con un billete de {c} euros. ¿Cuántos euros le devuelven?",
            "pt": "A Maria compra {a} kg de maçãs a {p} euros o quilo e {b} kg de peras a {q} euros o quilo. Paga com uma nota de {c} euros. Quantos euros recebe de troco?",
            "it": "Maria compra {a} kg di mele a {p} euro al chilo e {b} kg di pere a {q} euro al chilo. Paga con una banconota da {c} euro. Quanti euro riceve di resto?",
            "ru": "Мария покупает {a} кг яблок по {p} евро за килограмм и {b} кг груш по {q} евро за килограмм. Она платит купюрой в {c} евро. Сколько евро сдачи она получит?",
            "zh": "玛丽亚买了{a}千克苹果，每千克{p}欧元，又买了{b}千克梨，每千克{q}欧元。她付了一张{c}欧元的钞票。应找回多少欧元？",
            "ja": "マリアさんは、キロあたり{p}ユーロのりんごを{a}キロと、キロあたり{q}ユーロの梨を{b}キロ買い、{c}ユーロ札で払いました。おつりは何ユーロですか。",
            "ko": "마리아는 킬로그램당 {p}유로인 사과 {a}kg과 킬로그램당 {q}유로인 배 {b}kg을 사고 {c}유로짜리 지폐를 냈습니다. 거스름돈은 몇 유로입니까?",
            "ar": "اشترت ماريا {a} كغ من التفاح بسعر {p} يورو للكيلوغرام، و {b} كغ من الكمثرى بسعر {q} يورو للكيلوغرام، ودفعت ورقة نقدية بقيمة {c} يورو. كم يورو تستعيد؟",
            "hi": "मारिया ने {p} यूरो प्रति किलो की दर से {a} किलो सेब और {q} यूरो प्रति किलो की दर से {b} किलो नाशपाती खरीदी। उसने {c} यूरो का नोट दिया। उसे कितने यूरो वापस मिलेंगे?",
            "bn": "মারিয়া কেজি প্রতি {p} ইউরো দরে {a} কেজি আপেল এবং কেজি প্রতি {q} ইউরো দরে {b} কেজি নাশপাতি কিনল। সে {c} ইউরোর একটি নোট দিল। সে কত ইউরো ফেরত পাবে?",
            "sw": "Maria ananunua kilo {a} za matufaha kwa euro {p} kwa kilo na kilo {b} za mapea kwa euro {q} kwa kilo. Analipa kwa noti ya euro {c}. Atarudishiwa euro ngapi?",
        },
    ),
    (
        "bus",
        "reasoning integers",
        {"a": "33", "b": "9", "c": "14"},
        19,
        {
            "en": "A bus sets out with {a} passengers. At the first stop {b} get off and {c} get on. At the second stop half of the passengers get off and nobody gets on. How many passengers are on the bus now?",
            "de": "Ein Bus fährt mit {a} Fahrgästen los. An der ersten Haltestelle steigen {b} aus und {c} ein. An der zweiten Haltestelle steigt die Hälfte der Fahrgäste aus und niemand ein. Wie viele Fahrgäste sind jetzt im Bus?",
            "fr": "Un bus part avec {a} passagers. Au premier arrêt, {b} descendent et {c} montent. Au deuxième arrêt, la moitié des passagers descend et personne ne monte. Combien de passagers y a-t-il maintenant dans le bus ?",
            "es": "Un autobús sale con {a} pasajeros. En la primera parada bajan {b} y suben {c}. En la segunda parada baja la mitad de los pasajeros y no sube nadie. ¿Cuántos pasajeros hay ahora en el autobús?",
            "pt": "Um autocarro parte com {a} passageiros. Na primeira paragem saem {b} e entram {c}. Na segunda paragem sai metade dos passageiros e não entra ninguém. Quantos passageiros há agora no autocarro?",
            "it": "Un autobus parte con {a} passeggeri. Alla prima fermata ne scendono {b} e ne salgono {c}. Alla seconda fermata scende metà dei passeggeri e non sale nessuno. Quanti passeggeri ci sono ora sull'autobus?",
            "ru": "Автобус отправляется с {a} пассажирами. На первой остановке {b} человек выходят и {c} входят. На второй остановке половина пассажиров выходит, и никто не входит. Сколько пассажиров теперь в автобусе?",
            "zh": "一辆公共汽车出发时有{a}名乘客。第一站有{b}人下车，{c}人上车。第二站有一半乘客下车，没有人上车。现在车上有多少名乘客？",
            "ja": "バスが{a}人の乗客を乗せて出発しました。最初の停留所で{b}人が降り、{c}人が乗りました。次の停留所では乗客の半分が降り、だれも乗りませんでした。今、バスには何人の乗客がいますか。",
            "ko": "버스가 승객 {a}명을 태우고 출발했습니다. 첫 번째 정류장에서 {b}명이 내리고 {c}명이 탔습니다. 두 번째 정류장에서는 승객의 절반이 내리고 아무도 타지 않았습니다. 지금 버스에는 승객이 몇 명 있습니까?",
            "ar": "انطلقت حافلة وعلى متنها {a} راكبًا. في المحطة الأولى نزل {b} ركاب وصعد {c} راكبًا. وفي المحطة الثانية نزل نصف الركاب ولم يصعد أحد. كم عدد الركاب في الحافلة الآن؟",
            "hi": "एक बस {a} यात्रियों के साथ चली। पहले स्टॉप पर {b} यात्री उतरे और {c} चढ़े। दूसरे स्टॉप पर आधे यात्री उतर गए और कोई नहीं चढ़ा। अब बस में कितने यात्री हैं?",
            "bn": "একটি বাস {a} জন যাত্রী নিয়ে রওনা দিল। প্রথম স্টপে {b} জন নামল এবং {c} জন উঠল। দ্বিতীয় স্টপে অর্ধেক যাত্রী নেমে গেল, কেউ উঠল না। এখন বাসে কত জন যাত্রী আছে?",
            "sw": "Basi linaondoka likiwa na abiria {a}. Kwenye kituo cha kwanza wanashuka {b} na wanapanda {c}. Kwenye kituo cha pili nusu ya abiria wanashuka na hakuna anayepanda. Sasa kuna abiria wangapi kwenye basi?",
        },
    ),
    (
        "mother-daughter",
        "reasoning algebra",
        {"a": "28", "b": "5"},
        9,
        {
            "en": "A mother is {a} years older than her daughter. In {b} years she will be three times as old as her daughter. How old is the daughter now?",
            "de": "Eine Mutter ist {a} Jahre älter als ihre Tochter. In {b} Jahren wird sie dreimal so alt sein wie ihre Tochter. Wie alt ist die Tochter jetzt?",
            "fr": "Une mère a {a} ans de plus que sa fille. Dans {b} ans, elle sera trois fois plus âgée que sa fille. Quel âge a la fille aujourd'hui ?",
            "es": "Una madre tiene {a} años más que su hija. Dentro de {b} años tendrá el triple de la edad de su hija. ¿Cuántos años tiene la hija ahora?",
            "pt": "Uma mãe tem mais {a} anos do que a filha. Daqui a {b} anos terá o triplo da idade da filha. Quantos anos tem a filha agora?",
            "it": "Una madre ha {a} anni più della figlia. Tra {b} anni avrà il triplo dell'età della figlia. Quanti anni ha ora la figlia?",
            "ru": "Мать на {a} лет старше дочери. Через {b} лет она будет втрое старше дочери. Сколько лет дочери сейчас?",
            "zh": "母亲比女儿大{a}岁。{b}年后，母亲的年龄是女儿的三倍。女儿现在多少岁？",
            "ja": "母は娘より{a}歳年上です。{b}年後、母の年齢は娘の年齢の三倍になります。娘は今何歳ですか。",
            "ko": "어머니는 딸보다 {a}살 많습니다. {b}년 뒤에 어머니의 나이는 딸의 나이의 세 배가 됩니다. 딸은 지금 몇 살입니까?",
            "ar": "تكبر أم ابنتها بمقدار {a} سنة. بعد {b} سنوات سيكون عمر الأم ثلاثة أضعاف عمر ابنتها. كم عمر الابنة الآن؟",
            "hi": "एक माँ अपनी बेटी से {a} साल बड़ी है। {b} साल बाद माँ की उम्र बेटी की उम्र की तीन गुनी होगी। बेटी की उम्र अभी कितने साल है?",
            "bn": "এক মা তাঁর মেয়ের চেয়ে {a} বছরের বড়। {b} বছর পরে মায়ের বয়স মেয়ের বয়সের তিন গুণ হবে। মেয়ের বয়স এখন কত বছর?",
            "sw": "Mama ana umri mkubwa kuliko binti yake kwa miaka {a}. Baada ya miaka {b} umri wa mama utakuwa mara tatu ya umri wa binti yake. Binti ana umri wa miaka mingapi sasa?",
        },
    ),
    (
        "water-tank",
        "reasoning decimals grouping",
        {"a": "1250", "b": "85.5", "c": "10"},
        395,
        {
            "en": "A tank holds {a} litres of water. Every day {b} litres are used, and none are added. How many litres are left after {c} days?",
            "de": "In einem Tank sind {a} Liter Wasser. Jeden Tag werden {b} Liter verbraucht, und es kommt nichts dazu. Wie viele Liter sind nach {c} Tagen noch da?",
            "fr": "Une citerne contient {a} litres d'eau. Chaque jour, on en consomme {b} litres sans rien ajouter. Combien de litres reste-t-il après {c} jours ?",
            "es": "Un depósito contiene {a} litros de agua. Cada día se gastan {b} litros y no se añade nada. ¿Cuántos litros quedan después de {c} días?",
            "pt": "Um depósito contém {a} litros de água. Todos os dias gastam-se {b} litros e não se acrescenta nada. Quantos litros restam ao fim de {c} dias?",
            "it": "Una cisterna contiene {a} litri d'acqua. Ogni giorno se ne consumano {b} litri e non se ne aggiungono. Quanti litri restano dopo {c} giorni?",
            "ru": "В баке {a} литров воды. Каждый день расходуется {b} литра, и ничего не доливают. Сколько литров останется через {c} дней?",
            "zh": "一个水箱里有{a}升水。每天用去{b}升，不再加水。{c}天后还剩多少升？",
            "ja": "タンクに水が{a}リットル入っています。毎日{b}リットル使い、足すことはありません。{c}日後に残っている水は何リットルですか。",
            "ko": "물탱크에 물이 {a}리터 들어 있습니다. 매일 {b}리터를 쓰고 물을 더 넣지 않습니다. {c}일 뒤에는 몇 리터가 남습니까?",
            "ar": "يحتوي خزان على {a} لتر من الماء. يُستهلك منه كل يوم {b} لتر ولا يُضاف إليه شيء. كم لترًا يبقى بعد {c} أيام؟",
            "hi": "एक टंकी में {a} लीटर पानी है। हर दिन {b} लीटर खर्च होता है और कुछ भी मिलाया नहीं जाता। {c} दिन बाद कितने लीटर पानी बचेगा?",
            "bn": "একটি ট্যাংকে {a} লিটার পানি আছে। প্রতিদিন {b} লিটার খরচ হয় এবং নতুন পানি যোগ করা হয় না। {c} দিন পরে কত লিটার পানি থাকবে?",
            "sw": "Tangi lina lita {a} za maji. Kila siku lita {b} hutumika na hakuna maji yanayoongezwa. Baada ya siku {c} zitabaki lita ngapi?",
        },
    ),
    (
        "city",
        "reasoning grouping",
        {"a": "1248600", "b": "23500", "c": "19750"},
        1252350,
        {
            "en": "A city had {a} inhabitants. In one year {b} people moved in and {c} moved away; nothing else changed. How many inhabitants does it have now?",
            "de": "Eine Stadt hatte {a} Einwohner. In einem Jahr zogen {b} Menschen zu und {c} weg; sonst änderte sich nichts. Wie viele Einwohner hat sie jetzt?",
            "fr": "Une ville comptait {a} habitants. En un an, {b} personnes s'y sont installées et {c} l'ont quittée ; rien d'autre n'a changé. Combien d'habitants compte-t-elle maintenant ?",
            "es": "Una ciudad tenía {a} habitantes. En un año llegaron {b} personas y se marcharon {c}; nada más cambió. ¿Cuántos habitantes tiene ahora?",
            "pt": "Uma cidade tinha {a} habitantes. Num ano chegaram {b} pessoas e partiram {c}; nada mais mudou. Quantos habitantes tem agora?",
            "it": "Una città aveva {a} abitanti. In un anno sono arrivate {b} persone e ne sono partite {c}; null'altro è cambiato. Quanti abitanti ha ora?",
            "ru": "В городе было {a} жителей. За год {b} человек приехали и {c} уехали; больше ничего не изменилось. Сколько жителей в городе теперь?",
            "zh": "某城市原有{a}名居民。一年中有{b}人迁入，{c}人迁出，没有其他变化。现在该城市有多少名居民？",
            "ja": "ある市の人口は{a}人でした。この年に{b}人が転入し、{c}人が転出しました。ほかに変化はありません。今の人口は何人ですか。",
            "ko": "어느 도시의 인구는 {a}명이었습니다. 한 해 동안 {b}명이 전입하고 {c}명이 전출했으며 다른 변화는 없습니다. 지금 인구는 몇 명입니까?",
            "ar": "كان عدد سكان مدينة {a} نسمة. خلال سنة واحدة انتقل إليها {b} شخص وغادرها {c} شخص، ولم يتغير شيء آخر. كم عدد سكانها الآن؟",
            "hi": "एक शहर में {a} निवासी थे। एक साल में {b} लोग वहाँ आकर बसे और {c} लोग चले गए; और कुछ नहीं बदला। अब शहर में कितने निवासी हैं?",
            "bn": "একটি শহরে {a} জন বাসিন্দা ছিল। এক বছরে {b} জন সেখানে এসেছে এবং {c} জন চলে গেছে; আর কিছু বদলায়নি। এখন শহরে কত জন বাসিন্দা আছে?",
            "sw": "Jiji lilikuwa na wakazi {a}. Katika mwaka mmoja watu {b} walihamia na watu {c} walihama; hakuna kingine kilichobadilika. Sasa jiji lina wakazi wangapi?",
        },
    ),
    (
        "discount",
        "reasoning percent",
        {"a": "80", "b": "15"},
        68,
        {
            "en": "A jacket costs {a} euros. In the sale its price is cut by {b}%. How many euros does it cost in the sale?",
            "de": "Eine Jacke kostet {a} Euro. Im Schlussverkauf wird der Preis um {b} % gesenkt. Wie viel Euro kostet sie dann?",
            "fr": "Une veste coûte {a} euros. Pendant les soldes, son prix baisse de {b} %. Combien d'euros coûte-t-elle en solde ?",
            "es": "Una chaqueta cuesta {a} euros. En las rebajas su precio baja un {b} %. ¿Cuántos euros cuesta en las rebajas?",
            "pt": "Um casaco custa {a} euros. Nos saldos o preço baixa {b}%. Quantos euros custa nos saldos?",
            "it": "Una giacca costa {a} euro. Con i saldi il prezzo cala del {b}%. Quanti euro costa in saldo?",
            "ru": "Куртка стоит {a} евро. На распродаже цену снизили на {b} %. Сколько евро она стоит на распродаже?",
            "zh": "一件夹克{a}欧元。促销时价格降低{b}%。促销价是多少欧元？",
            "ja": "ジャケットは{a}ユーロです。セールで{b}%値引きされます。セールの値段は何ユーロですか。",
            "ko": "재킷의 값은 {a}유로입니다. 세일에서 {b}% 할인됩니다. 세일 가격은 몇 유로입니까?",
            "ar": "ثمن سترة {a} يورو. في التخفيضات انخفض ثمنها بنسبة {b}٪. كم يورو ثمنها في التخفيضات؟",
            "hi": "एक जैकेट की कीमत {a} यूरो है। सेल में उसकी कीमत {b}% घटा दी गई। सेल में उसकी कीमत कितने यूरो है?",
            "bn": "একটি জ্যাকেটের দাম {a} ইউরো। ছাড়ে তার দাম {b}% কমানো হল। ছাড়ের পরে দাম কত ইউরো?",
            "sw": "Jaketi linauzwa kwa euro {a}. Wakati wa punguzo bei yake inapunguzwa kwa asilimia {b}. Linauzwa kwa euro ngapi wakati wa punguzo?",
        },
    ),
    (
        "workers",
        "reasoning inverse",
        {"a": "6", "b": "10", "c": "4"},
        15,
        {
            "en": "{a} workers need {b} days to build a wall. How many days would {c} workers need for the same wall, if all work at the same speed?",
            "de": "{a} Arbeiter brauchen {b} Tage, um eine Mauer zu bauen. Wie viele Tage würden {c} Arbeiter für dieselbe Mauer brauchen, wenn alle gleich schnell arbeiten?",
            "fr": "Il faut {b} jours à {a} ouvriers pour construire un mur. Combien de jours faudrait-il à {c} ouvriers pour le même mur, si tous travaillent à la même vitesse ?",
            "es": "{a} obreros necesitan {b} días para levantar un muro. ¿Cuántos días necesitarían {c} obreros para el mismo muro, si todos trabajan a la misma velocidad?",
            "pt": "{a} operários precisam de {b} dias para construir um muro. De quantos dias precisariam {c} operários para o mesmo muro, se todos trabalharem à mesma velocidade?",
            "it": "{a} operai impiegano {b} giorni per costruire un muro. Quanti giorni impiegherebbero {c} operai per lo stesso muro, se tutti lavorano alla stessa velocità?",
            "ru": "{a} рабочих строят стену за {b} дней. За сколько дней построили бы такую же стену {c} рабочих, если все работают с одинаковой скоростью?",
            "zh": "{a}名工人需要{b}天砌好一堵墙。如果大家速度相同，{c}名工人砌同样的墙需要多少天？",
            "ja": "{a}人の作業員が壁を作るのに{b}日かかります。全員が同じ速さで働くとき、{c}人では同じ壁を作るのに何日かかりますか。",
            "ko": "작업자 {a}명이 담을 쌓는 데 {b}일이 걸립니다. 모두 같은 속도로 일한다면 작업자 {c}명이 같은 담을 쌓는 데 며칠이 걸립니까?",
            "ar": "يحتاج {a} عمال إلى {b} أيام لبناء جدار. كم يومًا يحتاج {c} عمال لبناء الجدار نفسه إذا كان الجميع يعملون بالسرعة نفسها؟",
            "hi": "{a} मज़दूर एक दीवार {b} दिन में बनाते हैं। यदि सभी एक ही गति से काम करें, तो {c} मज़दूर वही दीवार कितने दिन में बनाएँगे?",
            "bn": "{a} জন শ্রমিক একটি দেয়াল {b} দিনে তৈরি করে। সবাই একই গতিতে কাজ করলে {c} জন শ্রমিকের একই দেয়াল তৈরি করতে কত দিন লাগবে?",
            "sw": "Wafanyakazi {a} wanahitaji siku {b} kujenga ukuta. Wafanyakazi {c} wangehitaji siku ngapi kujenga ukuta uleule, ikiwa wote wanafanya kazi kwa kasi ileile?",
        },
    ),
    (
        "recipe",
        "reasoning proportion",
        {"a": "4", "b": "300", "c": "10"},
        750,
        {
            "en": "A recipe for {a} people needs {b} g of rice. How many grams of rice are needed for {c} people?",
            "de": "Ein Rezept für {a} Personen braucht {b} g Reis. Wie viel Gramm Reis braucht man für {c} Personen?",
            "fr": "Une recette pour {a} personnes demande {b} g de riz. Combien de grammes de riz faut-il pour {c} personnes ?",
            "es": "Una receta para {a} personas lleva {b} g de arroz. ¿Cuántos gramos de arroz hacen falta para {c} personas?",
            "pt": "Uma receita para {a} pessoas leva {b} g de arroz. Quantos gramas de arroz são precisos para {c} pessoas?",
            "it": "Una ricetta per {a} persone richiede {b} g di riso. Quanti grammi di riso servono per {c} persone?",
            "ru": "По рецепту на {a} порции нужно {b} г риса. Сколько граммов риса нужно на {c} порций?",
            "zh": "一份{a}人份的食谱需要{b}克大米。{c}人份需要多少克大米？",
            "ja": "{a}人分のレシピには米が{b}グラム必要です。{c}人分では米が何グラム必要ですか。",
            "ko": "{a}인분 요리법에는 쌀 {b}그램이 필요합니다. {c}인분에는 쌀이 몇 그램 필요합니까?",
            "ar": "تحتاج وصفة لـ {a} أشخاص إلى {b} غرام من الأرز. كم غرامًا من الأرز نحتاج لـ {c} أشخاص؟",
            "hi": "{a} लोगों के लिए एक व्यंजन में {b} ग्राम चावल लगता है। {c} लोगों के लिए कितने ग्राम चावल लगेगा?",
            "bn": "{a} জনের একটি রান্নায় {b} গ্রাম চাল লাগে। {c} জনের জন্য কত গ্রাম চাল লাগবে?",
            "sw": "Mapishi ya watu {a} yanahitaji gramu {b} za mchele. Kwa watu {c} zinahitajika gramu ngapi za mchele?",
        },
    ),
    (
        "largest-number",
        "locale decimals grouping",
        {"a": "1205.5", "b": "998.75", "c": "1250.05", "d": "1249.9"},
        1250.05,
        {
            "en": "Which of these four numbers is the largest: {a}; {b}; {c}; {d}? Answer with the number.",
            "de": "Welche dieser vier Zahlen ist die größte: {a}; {b}; {c}; {d}? Antworte mit der Zahl.",
            "fr": "Lequel de ces quatre nombres est le plus grand : {a} ; {b} ; {c} ; {d} ? Réponds par le nombre.",
            "es": "¿Cuál de estos cuatro números es el mayor: {a}; {b}; {c}; {d}? Responde con el número.",
            "pt": "Qual destes quatro números é o maior: {a}; {b}; {c}; {d}? Responda com o número.",
            "it": "Quale di questi quattro numeri è il maggiore: {a}; {b}; {c}; {d}? Rispondi con il numero.",
            "ru": "Какое из этих четырёх чисел самое большое: {a}; {b}; {c}; {d}? Ответь числом.",
            "zh": "下面四个数中哪一个最大：{a}；{b}；{c}；{d}？请用数字回答。",
            "ja": "次の四つの数のうち、最も大きいのはどれですか：{a}；{b}；{c}；{d}。数で答えてください。",
            "ko": "다음 네 수 가운데 가장 큰 수는 무엇입니까: {a}; {b}; {c}; {d}? 수로 답하세요.",
            "ar": "أيّ هذه الأعداد الأربعة هو الأكبر: {a}؛ {b}؛ {c}؛ {d}؟ أجب بالعدد.",
            "hi": "इन चार संख्याओं में सबसे बड़ी कौन-सी है: {a}; {b}; {c}; {d}? संख्या में उत्तर दीजिए।",
            "bn": "এই চারটি সংখ্যার মধ্যে সবচেয়ে বড় কোনটি: {a}; {b}; {c}; {d}? সংখ্যাটি দিয়ে উত্তর দিন।",
            "sw": "Ni nambari gani kubwa zaidi kati ya hizi nne: {a}; {b}; {c}; {d}? Jibu kwa nambari.",
        },
    ),
    (
        "film",
        "reasoning time",
        {"t": "19:45", "a": "135"},
        120,
        {
            "en": "A film starts at {t} and lasts {a} minutes. How many minutes are there between its end and midnight?",
            "de": "Ein Film beginnt um {t} Uhr und dauert {a} Minuten. Wie viele Minuten liegen zwischen seinem Ende und Mitternacht?",
            "fr": "Un film commence à {t} et dure {a} minutes. Combien de minutes y a-t-il entre sa fin et minuit ?",
            "es": "Una película empieza a las {t} y dura {a} minutos. ¿Cuántos minutos hay entre su final y la medianoche?",
            "pt": "Um filme começa às {t} e dura {a} minutos. Quantos minutos há entre o fim do filme e a meia-noite?",
            "it": "Un film comincia alle {t} e dura {a} minuti. Quanti minuti ci sono tra la sua fine e la mezzanotte?",
            "ru": "Фильм начинается в {t} и длится {a} минут. Сколько минут пройдёт от его конца до полуночи?",
            "zh": "一部电影{t}开始，放映{a}分钟。从结束到午夜还有多少分钟？",
            "ja": "映画は{t}に始まり、{a}分間続きます。終わってから真夜中まで何分ありますか。",
            "ko": "영화는 {t}에 시작해서 {a}분 동안 상영됩니다. 영화가 끝나고 자정까지 몇 분이 남습니까?",
            "ar": "يبدأ فيلم في الساعة {t} مساءً بنظام أربع وعشرين ساعة، ويستمر {a} دقيقة. كم دقيقة بين نهايته ومنتصف الليل؟",
            "hi": "एक फ़िल्म {t} बजे (चौबीस घंटे वाली घड़ी) शुरू होती है और {a} मिनट चलती है। उसके ख़त्म होने से आधी रात तक कितने मिनट हैं?",
            "bn": "একটি সিনেমা {t} টায় (চব্বিশ ঘণ্টার ঘড়িতে) শুরু হয় এবং {a} মিনিট চলে। শেষ হওয়া থেকে মধ্যরাত পর্যন্ত কত মিনিট?",
            "sw": "Filamu inaanza saa {t} kwa mfumo wa saa ishirini na nne, na inachukua dakika {a}. Kuna dakika ngapi kati ya mwisho wake na usiku wa manane?",
        },
    ),
    (
        "temperatures",
        "reasoning negative",
        {"a": "-3", "b": "2", "c": "4", "d": "-1", "e": "8"},
        2,
        {
            "en": "On five days the temperature at noon was {a}, {b}, {c}, {d} and {e} degrees. What was the mean of these temperatures, in degrees?",
            "de": "An fünf Tagen betrug die Temperatur am Mittag {a}, {b}, {c}, {d} und {e} Grad. Wie hoch war der Mittelwert dieser Temperaturen in Grad?",
            "fr": "Pendant cinq jours, la température à midi a été de {a}, {b}, {c}, {d} et {e} degrés. Quelle est la moyenne de ces températures, en degrés ?",
            "es": "Durante cinco días la temperatura a mediodía fue de {a}, {b}, {c}, {d} y {e} grados. ¿Cuál fue la media de estas temperaturas, en grados?",
            "pt": "Durante cinco dias a temperatura ao meio-dia foi de {a}, {b}, {c}, {d} e {e} graus. Qual foi a média destas temperaturas, em graus?",
            "it": "In cinque giorni la temperatura a mezzogiorno è stata di {a}, {b}, {c}, {d} e {e} gradi. Qual è la media di queste temperature, in gradi?",
            "ru": "В течение пяти дней температура в полдень была {a}, {b}, {c}, {d} и {e} градусов. Каково среднее этих температур в градусах?",
            "zh": "五天中午的气温分别是{a}、{b}、{c}、{d}和{e}度。这些气温的平均值是多少度？",
            "ja": "五日間の正午の気温は、{a}度、{b}度、{c}度、{d}度、{e}度でした。これらの気温の平均は何度ですか。",
            "ko": "닷새 동안 정오의 기온은 {a}도, {b}도, {c}도, {d}도, {e}도였습니다. 이 기온들의 평균은 몇 도입니까?",
            "ar": "كانت درجات الحرارة ظهرًا في خمسة أيام: {a} و {b} و {c} و {d} و {e}. ما متوسط هذه الدرجات؟",
            "hi": "पाँच दिनों में दोपहर का तापमान {a}, {b}, {c}, {d} और {e} डिग्री था। इन तापमानों का औसत कितने डिग्री है?",
            "bn": "পাঁচ দিনে দুপুরের তাপমাত্রা ছিল {a}, {b}, {c}, {d} এবং {e} ডিগ্রি। এই তাপমাত্রাগুলির গড় কত ডিগ্রি?",
            "sw": "Kwa siku tano halijoto ya saa sita mchana ilikuwa digrii {a}, {b}, {c}, {d} na {e}. Wastani wa halijoto hizi ni digrii ngapi?",
        },
    ),
    (
        "rental-days",
        "locale dates",
        {"x": "2024-02-27", "y": "2024-03-04"},
        7,
        {
            "en": "A car is rented from {x} to {y} (day/month/year). The first and the last day both count. For how many days is it rented?",
            "de": "Ein Auto wird vom {x} bis zum {y} gemietet. Der erste und der letzte Tag zählen beide mit. Für wie viele Tage ist es gemietet?",
            "fr": "Une voiture est louée du {x} au {y}. Le premier et le dernier jour comptent tous les deux. Pendant combien de jours est-elle louée ?",
            "es": "Se alquila un coche del {x} al {y}. Cuentan tanto el primer día como el último. ¿Cuántos días se alquila?",
            "pt": "Um carro é alugado de {x} a {y}. Contam tanto o primeiro como o último dia. Durante quantos dias é alugado?",
            "it": "Un'auto viene noleggiata dal {x} al {y}. Contano sia il primo sia l'ultimo giorno. Per quanti giorni è noleggiata?",
            "ru": "Машину взяли напрокат с {x} по {y}. Первый и последний дни тоже считаются. На сколько дней взяли машину?",
            "zh": "一辆汽车从{x}租到{y}，第一天和最后一天都算在内。一共租了多少天？",
            "ja": "車を{x}から{y}まで借ります。最初の日と最後の日も数えます。何日間借りますか。",
            "ko": "자동차를 {x}부터 {y}까지 빌립니다. 첫날과 마지막 날도 셉니다. 며칠 동안 빌립니까?",
            "ar": "استُؤجرت سيارة من {x} إلى {y} (يوم/شهر/سنة)، ويُحسب اليوم الأول واليوم الأخير. كم يومًا استُؤجرت؟",
            "hi": "एक कार {x} से {y} तक किराए पर ली गई (दिन/माह/वर्ष)। पहला और आख़िरी दिन दोनों गिने जाते हैं। कार कितने दिनों के लिए ली गई?",
            "bn": "একটি গাড়ি {x} থেকে {y} পর্যন্ত ভাড়া নেওয়া হল (দিন/মাস/বছর)। প্রথম ও শেষ দিন দুটোই গোনা হয়। গাড়িটি কত দিনের জন্য ভাড়া নেওয়া হয়েছে?",
            "sw": "Gari limekodiwa kuanzia {x} hadi {y} (siku/mwezi/mwaka). Siku ya kwanza na ya mwisho zote zinahesabiwa. Gari limekodiwa kwa siku ngapi?",
        },
    ),
    (
        "pool-notice",
        "reading decimals",
        {"a": "7.50", "b": "4.20", "c": "18.90"},
        4.5,
        {
            "en": 'Notice at the swimming pool: "Adults {a} euros, children under twelve {b} euros. Family ticket for two adults and up to three children: {c} euros." A mother and a father come with their two children, who are eight and ten years old. How many euros do they save with the family ticket, compared with four single tickets?',
            "de": "Aushang im Schwimmbad: „Erwachsene {a} Euro, Kinder unter zwölf Jahren {b} Euro. Familienkarte für zwei Erwachsene und bis zu drei Kinder: {c} Euro.“ Eine Mutter und ein Vater kommen mit ihren zwei Kindern, die acht und zehn Jahre alt sind. Wie viel Euro sparen sie mit der Familienkarte gegenüber vier Einzelkarten?",
            "fr": "Affiche à la piscine : « Adultes {a} euros, enfants de moins de douze ans {b} euros. Billet familial pour deux adultes et jusqu'à trois enfants : {c} euros. » Une mère et un père viennent avec leurs deux enfants, âgés de huit et dix ans. Combien d'euros économisent-ils avec le billet familial par rapport à quatre billets individuels ?",
            "es": "Cartel en la piscina: «Adultos {a} euros, niños menores de doce años {b} euros. Entrada familiar para dos adultos y hasta tres niños: {c} euros». Una madre y un padre vienen con sus dos hijos, de ocho y diez años. ¿Cuántos euros ahorran con la entrada familiar en comparación con cuatro entradas individuales?",
            "pt": "Aviso na piscina: «Adultos {a} euros, crianças com menos de doze anos {b} euros. Bilhete familiar para dois adultos e até três crianças: {c} euros.» Uma mãe e um pai vêm com os dois filhos, de oito e dez anos. Quantos euros poupam com o bilhete familiar em comparação com quatro bilhetes individuais?",
            "it": "Avviso in piscina: «Adulti {a} euro, bambini sotto i dodici anni {b} euro. Biglietto famiglia per due adulti e fino a tre bambini: {c} euro». Una madre e un padre vengono con i loro due figli, di otto e dieci anni. Quanti euro risparmiano con il biglietto famiglia rispetto a quattro biglietti singoli?",
            "ru": "Объявление в бассейне: «Взрослые {a} евро, дети до двенадцати лет {b} евро. Семейный билет на двух взрослых и не более трёх детей: {c} евро». Мать и отец пришли с двумя детьми восьми и десяти лет. Сколько евро они сэкономят с семейным билетом по сравнению с четырьмя отдельными билетами?",
            "zh": "游泳馆告示：“成人{a}欧元，十二岁以下儿童{b}欧元。家庭票（两名成人和最多三名儿童）{c}欧元。”一对父母带着八岁和十岁的两个孩子来游泳。与买四张单人票相比，买家庭票可以省多少欧元？",
            "ja": "プールの掲示：「大人{a}ユーロ、十二歳未満の子ども{b}ユーロ。家族券（大人二人と子ども三人まで）{c}ユーロ。」父親と母親が八歳と十歳の子ども二人を連れて来ました。家族券を買うと、一人用の券を四枚買うより何ユーロ安くなりますか。",
            "ko": "수영장 안내문: “어른 {a}유로, 열두 살 미만 어린이 {b}유로. 가족권(어른 두 명과 어린이 세 명까지) {c}유로.” 어머니와 아버지가 여덟 살과 열 살인 두 아이를 데리고 왔습니다. 가족권을 사면 개인권 네 장을 사는 것보다 몇 유로를 아낄 수 있습니까?",
            "ar": "إعلان في المسبح: «الكبار {a} يورو، والأطفال دون الثانية عشرة {b} يورو. تذكرة العائلة لشخصين كبيرين وحتى ثلاثة أطفال: {c} يورو». جاء أب وأم مع طفليهما، وعمراهما ثماني سنوات وعشر سنوات. كم يورو يوفّرون بتذكرة العائلة مقارنة بأربع تذاكر فردية؟",
            "hi": "स्विमिंग पूल की सूचना: “वयस्क {a} यूरो, बारह साल से कम उम्र के बच्चे {b} यूरो। दो वयस्कों और अधिकतम तीन बच्चों के लिए पारिवारिक टिकट: {c} यूरो।” एक माता-पिता अपने आठ और दस साल के दो बच्चों के साथ आते हैं। चार अलग-अलग टिकटों की तुलना में पारिवारिक टिकट से वे कितने यूरो बचाते हैं?",
            "bn": "সুইমিং পুলের নোটিশ: “প্রাপ্তবয়স্ক {a} ইউরো, বারো বছরের কম বয়সী শিশু {b} ইউরো। দুজন প্রাপ্তবয়স্ক ও সর্বোচ্চ তিনটি শিশুর পারিবারিক টিকিট: {c} ইউরো।” মা ও বাবা তাঁদের আট ও দশ বছরের দুই সন্তানকে নিয়ে এলেন। চারটি আলাদা টিকিটের তুলনায় পারিবারিক টিকিটে তাঁরা কত ইউরো বাঁচাবেন?",
            "sw": 'Tangazo kwenye bwawa la kuogelea: "Watu wazima euro {a}, watoto wa chini ya miaka kumi na miwili euro {b}. Tiketi ya familia kwa watu wazima wawili na hadi watoto watatu: euro {c}." Mama na baba wanakuja na watoto wao wawili wenye umri wa miaka minane na kumi. Wanaokoa euro ngapi kwa tiketi ya familia ikilinganishwa na tiketi nne za mtu mmoja mmoja?',
        },
    ),
]

# (id, tags, text by language: question, right option, wrong options)
CHOICES: list[tuple[str, str, dict[str, tuple[str, list[str]]]]] = [
    (
        "nearest-planet",
        "facts",
        {
            "en": ("Which planet is nearest to the Sun?", ["Mercury", "Venus", "Mars", "Jupiter"]),
            "de": ("Welcher Planet ist der Sonne am nächsten?", ["Merkur", "Venus", "Mars", "Jupiter"]),
            "fr": ("Quelle planète est la plus proche du Soleil ?", ["Mercure", "Vénus", "Mars", "Jupiter"]),
            "es": ("¿Qué planeta está más cerca del Sol?", ["Mercurio", "Venus", "Marte", "Júpiter"]),
            "pt": ("Que planeta está mais perto do Sol?", ["Mercúrio", "Vénus", "Marte", "Júpiter"]),
            "it": ("Quale pianeta è il più vicino al Sole?", ["Mercurio", "Venere", "Marte", "Giove"]),
            "ru": ("Какая планета ближе всех к Солнцу?", ["Меркурий", "Венера", "Марс", "Юпитер"]),
            "zh": ("哪颗行星离太阳最近？", ["水星", "金星", "火星", "木星"]),
            "ja": ("太陽に最も近い惑星はどれですか。", ["水星", "金星", "火星", "木星"]),
            "ko": ("태양에 가장 가까운 행성은 무엇입니까?", ["수성", "금성", "화성", "목성"]),
            "ar": ("ما الكوكب الأقرب إلى الشمس؟", ["عطارد", "الزهرة", "المريخ", "المشتري"]),
            "hi": ("सूर्य के सबसे निकट कौन-सा ग्रह है?", ["बुध", "शुक्र", "मंगल", "बृहस्पति"]),
            "bn": ("সূর্যের সবচেয়ে কাছের গ্রহ কোনটি?", ["বুধ", "শুক্র", "মঙ্গল", "বৃহস্পতি"]),
            "sw": ("Ni sayari gani iliyo karibu zaidi na Jua?", ["Zebaki", "Zuhura", "Mirihi", "Mshtarii"]),
        },
    ),
    (
        "leaf-gas",
        "facts",
        {
            "en": (
                "Which gas do green plants take from the air to make sugar with the help of light?",
                ["Carbon dioxide", "Oxygen", "Nitrogen", "Helium"],
            ),
            "de": (
                "Welches Gas nehmen grüne Pflanzen aus der Luft auf, um mithilfe von Licht Zucker zu bilden?",
                ["Kohlendioxid", "Sauerstoff", "Stickstoff", "Helium"],
            ),
            "fr": (
                "Quel gaz les plantes vertes prennent-elles dans l'air pour fabriquer du sucre grâce à la lumière ?",
                ["Le dioxyde de carbone", "L'oxygène", "L'azote", "L'hélium"],
            ),
            "es": (
                "¿Qué gas toman del aire las plantas verdes para fabricar azúcar con ayuda de la luz?",
                ["Dióxido de carbono", "Oxígeno", "Nitrógeno", "Helio"],
            ),
            "pt": (
                "Que gás retiram as plantas verdes do ar para fabricar açúcar com a ajuda da luz?",
                ["Dióxido de carbono", "Oxigénio", "Azoto", "Hélio"],
            ),
            "it": (
                "Quale gas prendono dall'aria le piante verdi per produrre zucchero con l'aiuto della luce?",
                ["Anidride carbonica", "Ossigeno", "Azoto", "Elio"],
            ),
            "ru": (
                "Какой газ зелёные растения берут из воздуха, чтобы с помощью света образовать сахар?",
                ["Углекислый газ", "Кислород", "Азот", "Гелий"],
            ),
            "zh": ("绿色植物借助光制造糖时，从空气中吸收哪种气体？", ["二氧化碳", "氧气", "氮气", "氦气"]),
            "ja": (
                "緑色の植物が光の助けで糖を作るとき、空気から取り入れる気体はどれですか。",
                ["二酸化炭素", "酸素", "窒素", "ヘリウム"],
            ),
            "ko": (
                "녹색 식물이 빛의 도움으로 당을 만들 때 공기에서 받아들이는 기체는 무엇입니까?",
                ["이산화탄소", "산소", "질소", "헬륨"],
            ),
            "ar": (
                "ما الغاز الذي تأخذه النباتات الخضراء من الهواء لتصنع السكر بمساعدة الضوء؟",
                ["ثاني أكسيد الكربون", "الأكسجين", "النيتروجين", "الهيليوم"],
            ),
            "hi": (
                "हरे पौधे प्रकाश की मदद से शर्करा बनाने के लिए हवा से कौन-सी गैस लेते हैं?",
                ["कार्बन डाइऑक्साइड", "ऑक्सीजन", "नाइट्रोजन", "हीलियम"],
            ),
            "bn": (
                "সবুজ উদ্ভিদ আলোর সাহায্যে শর্করা তৈরি করতে বাতাস থেকে কোন গ্যাস নেয়?",
                ["কার্বন ডাই-অক্সাইড", "অক্সিজেন", "নাইট্রোজেন", "হিলিয়াম"],
            ),
            "sw": (
                "Mimea ya kijani huchukua gesi gani kutoka hewani ili kutengeneza sukari kwa msaada wa mwanga?",
                ["Kaboni dioksidi", "Oksijeni", "Nitrojeni", "Heliamu"],
            ),
        },
    ),
    (
        "not-a-mammal",
        "facts negation",
        {
            "en": ("Which of these animals is not a mammal?", ["Frog", "Whale", "Bat", "Elephant"]),
            "de": ("Welches dieser Tiere ist kein Säugetier?", ["Frosch", "Wal", "Fledermaus", "Elefant"]),
            "fr": (
                "Lequel de ces animaux n'est pas un mammifère ?",
                ["La grenouille", "La baleine", "La chauve-souris", "L'éléphant"],
            ),
            "es": (
                "¿Cuál de estos animales no es un mamífero?",
                ["La rana", "La ballena", "El murciélago", "El elefante"],
            ),
            "pt": ("Qual destes animais não é um mamífero?", ["A rã", "A baleia", "O morcego", "O elefante"]),
            "it": (
                "Quale di questi animali non è un mammifero?",
                ["La rana", "La balena", "Il pipistrello", "L'elefante"],
            ),
            "ru": ("Какое из этих животных не является млекопитающим?", ["Лягушка", "Кит", "Летучая мышь", "Слон"]),
            "zh": ("下列动物中哪一种不是哺乳动物？", ["青蛙", "鲸", "蝙蝠", "大象"]),
            "ja": ("次の動物のうち、哺乳類でないものはどれですか。", ["カエル", "クジラ", "コウモリ", "ゾウ"]),
            "ko": ("다음 동물 가운데 포유류가 아닌 것은 무엇입니까?", ["개구리", "고래", "박쥐", "코끼리"]),
            "ar": ("أيّ هذه الحيوانات ليس من الثدييات؟", ["الضفدع", "الحوت", "الخفاش", "الفيل"]),
            "hi": ("इनमें से कौन-सा जानवर स्तनधारी नहीं है?", ["मेंढक", "व्हेल", "चमगादड़", "हाथी"]),
            "bn": ("এই প্রাণীগুলির মধ্যে কোনটি স্তন্যপায়ী নয়?", ["ব্যাঙ", "তিমি", "বাদুড়", "হাতি"]),
            "sw": ("Ni mnyama yupi kati ya hawa ambaye si mamalia?", ["Chura", "Nyangumi", "Popo", "Tembo"]),
        },
    ),
    (
        "moonlight",
        "facts",
        {
            "en": (
                "Why does the Moon shine at night?",
                [
                    "It reflects the light of the Sun",
                    "Its gases burn",
                    "Its ground glows with heat",
                    "It reflects the light of the cities on Earth",
                ],
            ),
            "de": (
                "Warum leuchtet der Mond in der Nacht?",
                [
                    "Er wirft das Licht der Sonne zurück",
                    "Seine Gase brennen",
                    "Sein Boden glüht vor Hitze",
                    "Er wirft das Licht der Städte auf der Erde zurück",
                ],
            ),
            "fr": (
                "Pourquoi la Lune brille-t-elle la nuit ?",
                [
                    "Elle réfléchit la lumière du Soleil",
                    "Ses gaz brûlent",
                    "Son sol est rougi par la chaleur",
                    "Elle réfléchit la lumière des villes de la Terre",
                ],
            ),
            "es": (
                "¿Por qué brilla la Luna de noche?",
                [
                    "Refleja la luz del Sol",
                    "Sus gases arden",
                    "Su suelo está al rojo vivo",
                    "Refleja la luz de las ciudades de la Tierra",
                ],
            ),
            "pt": (
                "Porque é que a Lua brilha à noite?",
                [
                    "Reflete a luz do Sol",
                    "Os seus gases ardem",
                    "O seu solo está em brasa",
                    "Reflete a luz das cidades da Terra",
                ],
            ),
            "it": (
                "Perché la Luna splende di notte?",
                [
                    "Riflette la luce del Sole",
                    "I suoi gas bruciano",
                    "Il suo suolo è rovente",
                    "Riflette la luce delle città della Terra",
                ],
            ),
            "ru": (
                "Почему Луна светит ночью?",
                [
                    "Она отражает свет Солнца",
                    "На ней горят газы",
                    "Её поверхность раскалена",
                    "Она отражает свет городов Земли",
                ],
            ),
            "zh": (
                "月亮为什么在夜里发亮？",
                ["它反射太阳的光", "它上面的气体在燃烧", "它的地面因高温而发光", "它反射地球上城市的灯光"],
            ),
            "ja": (
                "月はなぜ夜に光って見えるのですか。",
                [
                    "太陽の光を反射しているから",
                    "月のガスが燃えているから",
                    "月の地面が熱で光っているから",
                    "地球の町の明かりを反射しているから",
                ],
            ),
            "ko": (
                "달은 왜 밤에 빛납니까?",
                [
                    "태양의 빛을 반사하기 때문에",
                    "달의 가스가 타기 때문에",
                    "달의 땅이 열로 빛나기 때문에",
                    "지구 도시의 불빛을 반사하기 때문에",
                ],
            ),
            "ar": (
                "لماذا يضيء القمر ليلًا؟",
                ["لأنه يعكس ضوء الشمس", "لأن غازاته تحترق", "لأن أرضه تتوهج من الحرارة", "لأنه يعكس أضواء مدن الأرض"],
            ),
            "hi": (
                "चाँद रात में क्यों चमकता है?",
                [
                    "वह सूर्य के प्रकाश को परावर्तित करता है",
                    "उसकी गैसें जलती हैं",
                    "उसकी ज़मीन गर्मी से दहकती है",
                    "वह धरती के शहरों की रोशनी को परावर्तित करता है",
                ],
            ),
            "bn": (
                "চাঁদ রাতে আলো দেয় কেন?",
                [
                    "সে সূর্যের আলো প্রতিফলিত করে",
                    "তার গ্যাস জ্বলে",
                    "তার মাটি তাপে জ্বলজ্বল করে",
                    "সে পৃথিবীর শহরগুলির আলো প্রতিফলিত করে",
                ],
            ),
            "sw": (
                "Kwa nini Mwezi hung'aa usiku?",
                [
                    "Huakisi mwanga wa Jua",
                    "Gesi zake huwaka moto",
                    "Ardhi yake hung'aa kwa joto",
                    "Huakisi mwanga wa miji ya Dunia",
                ],
            ),
        },
    ),
    (
        "blood-pump",
        "facts",
        {
            "en": (
                "Which organ pumps the blood through the body?",
                ["The heart", "The lungs", "The liver", "The kidneys"],
            ),
            "de": (
                "Welches Organ pumpt das Blut durch den Körper?",
                ["Das Herz", "Die Lunge", "Die Leber", "Die Nieren"],
            ),
            "fr": ("Quel organe pompe le sang dans le corps ?", ["Le cœur", "Les poumons", "Le foie", "Les reins"]),
            "es": (
                "¿Qué órgano bombea la sangre por el cuerpo?",
                ["El corazón", "Los pulmones", "El hígado", "Los riñones"],
            ),
            "pt": ("Que órgão bombeia o sangue pelo corpo?", ["O coração", "Os pulmões", "O fígado", "Os rins"]),
            "it": ("Quale organo pompa il sangue nel corpo?", ["Il cuore", "I polmoni", "Il fegato", "I reni"]),
            "ru": ("Какой орган перекачивает кровь по телу?", ["Сердце", "Лёгкие", "Печень", "Почки"]),
            "zh": ("哪个器官把血液泵送到全身？", ["心脏", "肺", "肝脏", "肾脏"]),
            "ja": ("血液を全身に送り出す臓器はどれですか。", ["心臓", "肺", "肝臓", "腎臓"]),
            "ko": ("피를 온몸으로 보내는 기관은 무엇입니까?", ["심장", "폐", "간", "콩팥"]),
            "ar": ("أيّ عضو يضخ الدم في الجسم؟", ["القلب", "الرئتان", "الكبد", "الكليتان"]),
            "hi": ("कौन-सा अंग शरीर में रक्त पंप करता है?", ["हृदय", "फेफड़े", "यकृत", "गुर्दे"]),
            "bn": ("কোন অঙ্গ সারা শরীরে রক্ত পাম্প করে?", ["হৃৎপিণ্ড", "ফুসফুস", "যকৃৎ", "বৃক্ক"]),
            "sw": ("Ni kiungo kipi kinachosukuma damu mwilini?", ["Moyo", "Mapafu", "Ini", "Figo"]),
        },
    ),
    (
        "south-america",
        "facts",
        {
            "en": ("Which of these countries lies in South America?", ["Peru", "Kenya", "Portugal", "Nepal"]),
            "de": ("Welches dieser Länder liegt in Südamerika?", ["Peru", "Kenia", "Portugal", "Nepal"]),
            "fr": (
                "Lequel de ces pays se trouve en Amérique du Sud ?",
                ["Le Pérou", "Le Kenya", "Le Portugal", "Le Népal"],
            ),
            "es": ("¿Cuál de estos países está en América del Sur?", ["Perú", "Kenia", "Portugal", "Nepal"]),
            "pt": ("Qual destes países fica na América do Sul?", ["Peru", "Quénia", "Portugal", "Nepal"]),
            "it": ("Quale di questi paesi si trova in America del Sud?", ["Perù", "Kenya", "Portogallo", "Nepal"]),
            "ru": ("Какая из этих стран находится в Южной Америке?", ["Перу", "Кения", "Португалия", "Непал"]),
            "zh": ("下列哪个国家位于南美洲？", ["秘鲁", "肯尼亚", "葡萄牙", "尼泊尔"]),
            "ja": ("次の国のうち、南アメリカにあるのはどれですか。", ["ペルー", "ケニア", "ポルトガル", "ネパール"]),
            "ko": ("다음 나라 가운데 남아메리카에 있는 나라는 어디입니까?", ["페루", "케냐", "포르투갈", "네팔"]),
            "ar": ("أيّ هذه البلدان يقع في أمريكا الجنوبية؟", ["بيرو", "كينيا", "البرتغال", "نيبال"]),
            "hi": ("इनमें से कौन-सा देश दक्षिण अमेरिका में है?", ["पेरू", "केन्या", "पुर्तगाल", "नेपाल"]),
            "bn": ("এই দেশগুলির মধ্যে কোনটি দক্ষিণ আমেরিকায় অবস্থিত?", ["পেরু", "কেনিয়া", "পর্তুগাল", "নেপাল"]),
            "sw": ("Ni nchi ipi kati ya hizi iliyo Amerika ya Kusini?", ["Peru", "Kenya", "Ureno", "Nepali"]),
        },
    ),
    (
        "weekday",
        "reasoning logic",
        {
            "en": (
                "The day after tomorrow is a Thursday. Which day was yesterday?",
                ["Monday", "Tuesday", "Sunday", "Wednesday"],
            ),
            "de": (
                "Übermorgen ist Donnerstag. Welcher Tag war gestern?",
                ["Montag", "Dienstag", "Sonntag", "Mittwoch"],
            ),
            "fr": (
                "Après-demain, ce sera jeudi. Quel jour était-ce hier ?",
                ["Lundi", "Mardi", "Dimanche", "Mercredi"],
            ),
            "es": ("Pasado mañana es jueves. ¿Qué día fue ayer?", ["Lunes", "Martes", "Domingo", "Miércoles"]),
            "pt": (
                "Depois de amanhã é quinta-feira. Que dia foi ontem?",
                ["Segunda-feira", "Terça-feira", "Domingo", "Quarta-feira"],
            ),
            "it": ("Dopodomani è giovedì. Che giorno era ieri?", ["Lunedì", "Martedì", "Domenica", "Mercoledì"]),
            "ru": ("Послезавтра четверг. Какой день был вчера?", ["Понедельник", "Вторник", "Воскресенье", "Среда"]),
            "zh": ("后天是星期四。昨天是星期几？", ["星期一", "星期二", "星期日", "星期三"]),
            "ja": ("あさっては木曜日です。昨日は何曜日でしたか。", ["月曜日", "火曜日", "日曜日", "水曜日"]),
            "ko": ("모레는 목요일입니다. 어제는 무슨 요일이었습니까?", ["월요일", "화요일", "일요일", "수요일"]),
            "ar": ("بعد غد هو يوم الخميس. أيّ يوم كان أمس؟", ["الاثنين", "الثلاثاء", "الأحد", "الأربعاء"]),
            "hi": ("आज से दो दिन बाद गुरुवार है। आज से एक दिन पहले कौन-सा दिन था?", ["सोमवार", "मंगलवार", "रविवार", "बुधवार"]),
            "bn": ("আগামী পরশু বৃহস্পতিবার। গতকাল কী বার ছিল?", ["সোমবার", "মঙ্গলবার", "রবিবার", "বুধবার"]),
            "sw": ("Keshokutwa ni Alhamisi. Jana ilikuwa siku gani?", ["Jumatatu", "Jumanne", "Jumapili", "Jumatano"]),
        },
    ),
    (
        "heights",
        "reasoning logic",
        {
            "en": (
                "Kim is taller than Max. Lena is shorter than Max. Omar is taller than Kim. Who is the second tallest?",
                ["Kim", "Max", "Lena", "Omar"],
            ),
            "de": (
                "Kim ist größer als Max. Lena ist kleiner als Max. Omar ist größer als Kim. Wer ist am zweitgrößten?",
                ["Kim", "Max", "Lena", "Omar"],
            ),
            "fr": (
                "Kim est plus grand que Max. Lena est plus petite que Max. Omar est plus grand que Kim. Qui est le deuxième plus grand des quatre ?",
                ["Kim", "Max", "Lena", "Omar"],
            ),
            "es": (
                "Kim es más alto que Max. Lena es más baja que Max. Omar es más alto que Kim. ¿Quién es el segundo más alto de los cuatro?",
                ["Kim", "Max", "Lena", "Omar"],
            ),
            "pt": (
                "O Kim é mais alto do que o Max. A Lena é mais baixa do que o Max. O Omar é mais alto do que o Kim. Quem é o segundo mais alto dos quatro?",
                ["Kim", "Max", "Lena", "Omar"],
            ),
            "it": (
                "Kim è più alto di Max. Lena è più bassa di Max. Omar è più alto di Kim. Chi è il secondo più alto dei quattro?",
                ["Kim", "Max", "Lena", "Omar"],
            ),
            "ru": (
                "Ким выше Макса. Лена ниже Макса. Омар выше Кима. Кто второй по росту?",
                ["Ким", "Макс", "Лена", "Омар"],
            ),
            "zh": (
                "小金比小马高，小兰比小马矮，小欧比小金高。四个人中谁是第二高的？",
                ["小金", "小马", "小兰", "小欧"],
            ),
            "ja": (
                "キムさんはマックスさんより背が高いです。レナさんはマックスさんより背が低いです。オマルさんはキムさんより背が高いです。四人の中で二番目に背が高いのはだれですか。",
                ["キムさん", "マックスさん", "レナさん", "オマルさん"],
            ),
            "ko": (
                "민수는 막스보다 키가 큽니다. 레나는 막스보다 키가 작습니다. 오마르는 민수보다 키가 큽니다. 네 사람 가운데 두 번째로 키가 큰 사람은 누구입니까?",
                ["민수", "막스", "레나", "오마르"],
            ),
            "ar": (
                "كريم أطول من ماجد. لينا أقصر من ماجد. عمر أطول من كريم. من هو الثاني في الطول بين الأربعة؟",
                ["كريم", "ماجد", "لينا", "عمر"],
            ),
            "hi": (
                "करण मोहन से लंबा है। लीना मोहन से छोटी है। ओम करण से लंबा है। चारों में दूसरा सबसे लंबा कौन है?",
                ["करण", "मोहन", "लीना", "ओम"],
            ),
            "bn": (
                "করিম মামুনের চেয়ে লম্বা। লীনা মামুনের চেয়ে খাটো। ওমর করিমের চেয়ে লম্বা। চারজনের মধ্যে দ্বিতীয় লম্বা কে?",
                ["করিম", "মামুন", "লীনা", "ওমর"],
            ),
            "sw": (
                "Kim ni mrefu kuliko Max. Lena ni mfupi kuliko Max. Omar ni mrefu kuliko Kim. Kati ya hawa wanne, ni nani wa pili kwa urefu?",
                ["Kim", "Max", "Lena", "Omar"],
            ),
        },
    ),
    (
        "syllogism",
        "reasoning logic",
        {
            "en": (
                "All the books on the table are novels. No novel in this house is blue. What follows for certain?",
                [
                    "No book on the table is blue",
                    "All novels in the house are on the table",
                    "There are blue books in the house",
                    "Some books on the table are not novels",
                ],
            ),
            "de": (
                "Alle Bücher auf dem Tisch sind Romane. Kein Roman in diesem Haus ist blau. Was folgt mit Sicherheit?",
                [
                    "Kein Buch auf dem Tisch ist blau",
                    "Alle Romane im Haus liegen auf dem Tisch",
                    "Es gibt blaue Bücher im Haus",
                    "Einige Bücher auf dem Tisch sind keine Romane",
                ],
            ),
            "fr": (
                "Tous les livres sur la table sont des romans. Aucun roman de cette maison n'est bleu. Que peut-on en conclure avec certitude ?",
                [
                    "Aucun livre sur la table n'est bleu",
                    "Tous les romans de la maison sont sur la table",
                    "Il y a des livres bleus dans la maison",
                    "Certains livres sur la table ne sont pas des romans",
                ],
            ),
            "es": (
                "Todos los libros que hay en la mesa son novelas. Ninguna novela de esta casa es azul. ¿Qué se deduce con seguridad?",
                [
                    "Ningún libro de la mesa es azul",
                    "Todas las novelas de la casa están en la mesa",
                    "Hay libros azules en la casa",
                    "Algunos libros de la mesa no son novelas",
                ],
            ),
            "pt": (
                "Todos os livros em cima da mesa são romances. Nenhum romance desta casa é azul. O que se conclui com certeza?",
                [
                    "Nenhum livro em cima da mesa é azul",
                    "Todos os romances da casa estão em cima da mesa",
                    "Há livros azuis na casa",
                    "Alguns livros em cima da mesa não são romances",
                ],
            ),
            "it": (
                "Tutti i libri sul tavolo sono romanzi. Nessun romanzo in questa casa è blu. Che cosa segue con certezza?",
                [
                    "Nessun libro sul tavolo è blu",
                    "Tutti i romanzi della casa sono sul tavolo",
                    "In casa ci sono libri blu",
                    "Alcuni libri sul tavolo non sono romanzi",
                ],
            ),
            "ru": (
                "Все книги на столе — романы. Ни один роман в этом доме не синий. Что из этого точно следует?",
                [
                    "Ни одна книга на столе не синяя",
                    "Все романы в доме лежат на столе",
                    "В доме есть синие книги",
                    "Некоторые книги на столе не романы",
                ],
            ),
            "zh": (
                "桌上的书都是小说。这座房子里没有一本小说是蓝色的。由此一定可以推出什么？",
                ["桌上没有蓝色的书", "房子里所有的小说都在桌上", "房子里有蓝色的书", "桌上有些书不是小说"],
            ),
            "ja": (
                "机の上の本はすべて小説です。この家に青い小説は一冊もありません。確実に言えることはどれですか。",
                [
                    "机の上に青い本はない",
                    "家にある小説はすべて机の上にある",
                    "家に青い本がある",
                    "机の上には小説でない本もある",
                ],
            ),
            "ko": (
                "책상 위의 책은 모두 소설입니다. 이 집에 파란 소설은 한 권도 없습니다. 확실히 알 수 있는 것은 무엇입니까?",
                [
                    "책상 위에 파란 책은 없다",
                    "집에 있는 소설은 모두 책상 위에 있다",
                    "집에 파란 책이 있다",
                    "책상 위에는 소설이 아닌 책도 있다",
                ],
            ),
            "ar": (
                "كل الكتب التي على الطاولة روايات. لا توجد في هذا البيت رواية زرقاء. ما الذي ينتج عن ذلك بالتأكيد؟",
                [
                    "لا يوجد على الطاولة كتاب أزرق",
                    "كل روايات البيت على الطاولة",
                    "توجد كتب زرقاء في البيت",
                    "بعض الكتب التي على الطاولة ليست روايات",
                ],
            ),
            "hi": (
                "मेज़ पर रखी सभी किताबें उपन्यास हैं। इस घर में कोई भी उपन्यास नीला नहीं है। इससे निश्चित रूप से क्या निकलता है?",
                [
                    "मेज़ पर कोई भी किताब नीली नहीं है",
                    "घर के सभी उपन्यास मेज़ पर हैं",
                    "घर में नीली किताबें हैं",
                    "मेज़ पर कुछ किताबें उपन्यास नहीं हैं",
                ],
            ),
            "bn": (
                "টেবিলের সব বই উপন্যাস। এই বাড়িতে কোনো উপন্যাস নীল নয়। এ থেকে নিশ্চিতভাবে কী বলা যায়?",
                ["টেবিলের কোনো বই নীল নয়", "বাড়ির সব উপন্যাস টেবিলে আছে", "বাড়িতে নীল বই আছে", "টেবিলের কিছু বই উপন্যাস নয়"],
            ),
            "sw": (
                "Vitabu vyote vilivyo mezani ni riwaya. Hakuna riwaya ya rangi ya bluu katika nyumba hii. Ni jambo gani linalofuata kwa hakika?",
                [
                    "Hakuna kitabu cha bluu mezani",
                    "Riwaya zote za nyumba ziko mezani",
                    "Kuna vitabu vya bluu katika nyumba",
                    "Baadhi ya vitabu vilivyo mezani si riwaya",
                ],
            ),
        },
    ),
    (
        "library-notice",
        "reading",
        {
            "en": (
                'Notice: "From Monday the library opens an hour later than before, at ten. On Saturdays it stays closed until the repairs to the roof are finished." When did the library open until now?',
                ["At nine", "At ten", "At eleven", "Only on Saturdays"],
            ),
            "de": (
                "Aushang: „Ab Montag öffnet die Bücherei eine Stunde später als bisher, nämlich um zehn. Samstags bleibt sie geschlossen, bis das Dach repariert ist.“ Wann öffnete die Bücherei bisher?",
                ["Um neun", "Um zehn", "Um elf", "Nur samstags"],
            ),
            "fr": (
                "Avis : « À partir de lundi, la bibliothèque ouvre une heure plus tard qu'avant, à dix heures. Le samedi, elle reste fermée jusqu'à la fin de la réparation du toit. » À quelle heure la bibliothèque ouvrait-elle jusqu'à présent ?",
                ["À neuf heures", "À dix heures", "À onze heures", "Seulement le samedi"],
            ),
            "es": (
                "Aviso: «A partir del lunes, la biblioteca abre una hora más tarde que antes, a las diez. Los sábados permanece cerrada hasta que termine la reparación del tejado». ¿A qué hora abría la biblioteca hasta ahora?",
                ["A las nueve", "A las diez", "A las once", "Solo los sábados"],
            ),
            "pt": (
                "Aviso: «A partir de segunda-feira, a biblioteca abre uma hora mais tarde do que antes, às dez. Aos sábados fica fechada até terminar a reparação do telhado.» A que horas abria a biblioteca até agora?",
                ["Às nove", "Às dez", "Às onze", "Só aos sábados"],
            ),
            "it": (
                "Avviso: «Da lunedì la biblioteca apre un'ora più tardi di prima, alle dieci. Il sabato resta chiusa finché non sarà riparato il tetto». A che ora apriva la biblioteca finora?",
                ["Alle nove", "Alle dieci", "Alle undici", "Solo il sabato"],
            ),
            "ru": (
                "Объявление: «С понедельника библиотека открывается на час позже, чем раньше, — в десять. По субботам она закрыта, пока не закончится ремонт крыши». Во сколько библиотека открывалась до сих пор?",
                ["В девять", "В десять", "В одиннадцать", "Только по субботам"],
            ),
            "zh": (
                "通知：“从星期一起，图书馆比以前晚一小时开门，即十点开门。屋顶修好之前，星期六不开放。”图书馆以前几点开门？",
                ["九点", "十点", "十一点", "只在星期六开门"],
            ),
            "ja": (
                "お知らせ：「月曜日から、図書館はこれまでより一時間遅く、十時に開館します。屋根の修理が終わるまで、土曜日は休館します。」図書館はこれまで何時に開館していましたか。",
                ["九時", "十時", "十一時", "土曜日だけ開館していた"],
            ),
            "ko": (
                "안내: “월요일부터 도서관은 지금까지보다 한 시간 늦은 열 시에 문을 엽니다. 지붕 수리가 끝날 때까지 토요일에는 문을 닫습니다.” 도서관은 지금까지 몇 시에 문을 열었습니까?",
                ["아홉 시", "열 시", "열한 시", "토요일에만 열었다"],
            ),
            "ar": (
                "إعلان: «ابتداءً من يوم الاثنين تفتح المكتبة متأخرة ساعة عمّا كانت عليه، أي في العاشرة. وتبقى مغلقة أيام السبت حتى ينتهي إصلاح السقف». متى كانت المكتبة تفتح حتى الآن؟",
                ["في التاسعة", "في العاشرة", "في الحادية عشرة", "أيام السبت فقط"],
            ),
            "hi": (
                "सूचना: “सोमवार से पुस्तकालय पहले से एक घंटा देर से, यानी दस बजे खुलेगा। छत की मरम्मत पूरी होने तक शनिवार को पुस्तकालय बंद रहेगा।” पुस्तकालय अब तक कितने बजे खुलता था?",
                ["नौ बजे", "दस बजे", "ग्यारह बजे", "केवल शनिवार को"],
            ),
            "bn": (
                "নোটিশ: “সোমবার থেকে গ্রন্থাগার আগের চেয়ে এক ঘণ্টা দেরিতে, দশটায় খুলবে। ছাদের মেরামত শেষ না হওয়া পর্যন্ত শনিবার গ্রন্থাগার বন্ধ থাকবে।” এতদিন গ্রন্থাগার কখন খুলত?",
                ["নয়টায়", "দশটায়", "এগারোটায়", "শুধু শনিবারে"],
            ),
            "sw": (
                'Tangazo: "Kuanzia Jumatatu maktaba itafunguliwa saa moja baadaye kuliko ilivyokuwa, yaani saa nne asubuhi. Jumamosi itafungwa mpaka ukarabati wa paa umalizike." Hadi sasa maktaba ilikuwa ikifunguliwa saa ngapi?',
                ["Saa tatu asubuhi", "Saa nne asubuhi", "Saa tano asubuhi", "Jumamosi tu"],
            ),
        },
    ),
    (
        "moved-meeting",
        "reading",
        {
            "en": (
                'Message: "Dear all, the meeting on Tuesday cannot take place in room five, because it is being painted. We meet at the same time in the canteen. Please bring the lists, but not the laptops: there is no power there." What has changed about the meeting?',
                ["The place", "The day", "The time", "The people invited"],
            ),
            "de": (
                "Nachricht: „Liebe alle, die Besprechung am Dienstag kann nicht in Raum fünf stattfinden, weil er gestrichen wird. Wir treffen uns zur selben Zeit in der Kantine. Bitte bringt die Listen mit, aber nicht die Laptops: Dort gibt es keinen Strom.“ Was hat sich an der Besprechung geändert?",
                ["Der Ort", "Der Tag", "Die Uhrzeit", "Die Eingeladenen"],
            ),
            "fr": (
                "Message : « Chers tous, la réunion de mardi ne peut pas avoir lieu dans la salle cinq, car on la repeint. Nous nous retrouvons à la même heure à la cantine. Apportez les listes, mais pas les ordinateurs : il n'y a pas de courant là-bas. » Qu'est-ce qui a changé pour la réunion ?",
                ["Le lieu", "Le jour", "L'heure", "Les personnes invitées"],
            ),
            "es": (
                "Mensaje: «Queridos todos: la reunión del martes no puede celebrarse en la sala cinco porque la están pintando. Nos vemos a la misma hora en el comedor. Traed las listas, pero no los portátiles: allí no hay corriente». ¿Qué ha cambiado de la reunión?",
                ["El lugar", "El día", "La hora", "Las personas invitadas"],
            ),
            "pt": (
                "Mensagem: «Caros colegas, a reunião de terça-feira não pode realizar-se na sala cinco, porque está a ser pintada. Encontramo-nos à mesma hora na cantina. Tragam as listas, mas não os portáteis: lá não há eletricidade.» O que mudou na reunião?",
                ["O lugar", "O dia", "A hora", "As pessoas convidadas"],
            ),
            "it": (
                "Messaggio: «Cari tutti, la riunione di martedì non può svolgersi nella sala cinque, perché la stanno imbiancando. Ci vediamo alla stessa ora in mensa. Portate gli elenchi, ma non i portatili: lì non c'è corrente». Che cosa è cambiato della riunione?",
                ["Il luogo", "Il giorno", "L'ora", "Le persone invitate"],
            ),
            "ru": (
                "Сообщение: «Дорогие коллеги, совещание во вторник не может пройти в пятой комнате, потому что её красят. Встречаемся в то же время в столовой. Принесите, пожалуйста, списки, но не ноутбуки: там нет электричества». Что изменилось в совещании?",
                ["Место", "День", "Время", "Состав приглашённых"],
            ),
            "zh": (
                "消息：“各位好，星期二的会议不能在五号房间开，因为那里正在刷墙。我们在原定时间到食堂开会。请带上名单，但不要带笔记本电脑，那里没有电。”会议的什么改变了？",
                ["地点", "日期", "时间", "受邀的人"],
            ),
            "ja": (
                "メッセージ：「皆さん、火曜日の会議は、五号室が塗装中のため、そこでは開けません。同じ時間に食堂に集まってください。名簿を持って来てください。ただし、電源がないのでノートパソコンは要りません。」会議について何が変わりましたか。",
                ["場所", "曜日", "時間", "招かれた人"],
            ),
            "ko": (
                "메시지: “여러분, 화요일 회의는 5호실에 페인트칠을 하고 있어서 그곳에서 열 수 없습니다. 같은 시간에 구내식당에서 만납시다. 명단은 가져오시되 노트북은 가져오지 마세요. 그곳에는 전기가 없습니다.” 회의에서 무엇이 바뀌었습니까?",
                ["장소", "요일", "시간", "초대받은 사람"],
            ),
            "ar": (
                "رسالة: «الزملاء الأعزاء، لا يمكن عقد اجتماع يوم الثلاثاء في الغرفة الخامسة لأنها تُطلى الآن. نلتقي في الوقت نفسه في المطعم. أحضروا القوائم من فضلكم، لكن لا تحضروا الحواسيب المحمولة، فلا كهرباء هناك». ما الذي تغيّر في الاجتماع؟",
                ["المكان", "اليوم", "الوقت", "المدعوون"],
            ),
            "hi": (
                "संदेश: “साथियो, मंगलवार की बैठक कमरा पाँच में नहीं हो सकती, क्योंकि वहाँ रंगाई हो रही है। हम उसी समय कैंटीन में मिलेंगे। कृपया सूचियाँ लाएँ, पर लैपटॉप नहीं: वहाँ बिजली नहीं है।” बैठक में क्या बदला है?",
                ["स्थान", "दिन", "समय", "आमंत्रित लोग"],
            ),
            "bn": (
                "বার্তা: “প্রিয় সহকর্মীরা, মঙ্গলবারের সভা পাঁচ নম্বর ঘরে হতে পারবে না, কারণ সেখানে রং করা হচ্ছে। আমরা একই সময়ে ক্যান্টিনে মিলিত হব। দয়া করে তালিকাগুলি আনবেন, তবে ল্যাপটপ নয়: সেখানে বিদ্যুৎ নেই।” সভার কী বদলেছে?",
                ["স্থান", "দিন", "সময়", "আমন্ত্রিত ব্যক্তিরা"],
            ),
            "sw": (
                'Ujumbe: "Wapendwa, mkutano wa Jumanne hauwezi kufanyika katika chumba namba tano kwa sababu kinapakwa rangi. Tutakutana wakati uleule kwenye kantini. Tafadhali leteni orodha, lakini msilete kompyuta: huko hakuna umeme." Ni nini kilichobadilika kuhusu mkutano?',
                ["Mahali", "Siku", "Wakati", "Watu walioalikwa"],
            ),
        },
    ),
    (
        "lost-umbrella",
        "reading inference",
        {
            "en": (
                "Nina lent her umbrella to Tom. Tom left it on the bus, and the driver gave it to the lost property office. The next day Tom's sister Eva fetched it and took it straight to its owner. Who has the umbrella now?",
                ["Nina", "Tom", "Eva", "The driver"],
            ),
            "de": (
                "Nina lieh Tom ihren Regenschirm. Tom ließ ihn im Bus liegen, und der Fahrer gab ihn im Fundbüro ab. Am nächsten Tag holte Toms Schwester Eva ihn ab und brachte ihn gleich der Besitzerin. Wer hat den Regenschirm jetzt?",
                ["Nina", "Tom", "Eva", "Der Fahrer"],
            ),
            "fr": (
                "Nina a prêté son parapluie à Tom. Tom l'a oublié dans le bus, et le chauffeur l'a déposé aux objets trouvés. Le lendemain, Eva, la sœur de Tom, l'a récupéré et l'a aussitôt rapporté à sa propriétaire. Qui a le parapluie maintenant ?",
                ["Nina", "Tom", "Eva", "Le chauffeur"],
            ),
            "es": (
                "Nina le prestó su paraguas a Tom. Tom lo olvidó en el autobús y el conductor lo entregó en la oficina de objetos perdidos. Al día siguiente, Eva, la hermana de Tom, lo recogió y se lo llevó enseguida a su dueña. ¿Quién tiene ahora el paraguas?",
                ["Nina", "Tom", "Eva", "El conductor"],
            ),
            "pt": (
                "A Nina emprestou o guarda-chuva ao Tom. O Tom esqueceu-se dele no autocarro, e o motorista entregou-o nos perdidos e achados. No dia seguinte, a Eva, irmã do Tom, foi buscá-lo e levou-o logo à dona. Quem tem agora o guarda-chuva?",
                ["A Nina", "O Tom", "A Eva", "O motorista"],
            ),
            "it": (
                "Nina ha prestato il suo ombrello a Tom. Tom l'ha dimenticato sull'autobus e l'autista l'ha consegnato all'ufficio oggetti smarriti. Il giorno dopo Eva, la sorella di Tom, l'ha ritirato e l'ha portato subito alla proprietaria. Chi ha ora l'ombrello?",
                ["Nina", "Tom", "Eva", "L'autista"],
            ),
            "ru": (
                "Нина одолжила свой зонт Тому. Том забыл его в автобусе, и водитель сдал его в бюро находок. На следующий день сестра Тома Ева забрала зонт и сразу отнесла его хозяйке. У кого зонт сейчас?",
                ["У Нины", "У Тома", "У Евы", "У водителя"],
            ),
            "zh": (
                "尼娜把自己的雨伞借给了汤姆。汤姆把伞忘在公共汽车上，司机把它交到了失物招领处。第二天，汤姆的姐姐伊娃取回了雨伞，并马上送还给它的主人。雨伞现在在谁那里？",
                ["尼娜", "汤姆", "伊娃", "司机"],
            ),
            "ja": (
                "ニナさんはトムさんに自分の傘を貸しました。トムさんは傘をバスに忘れ、運転手が忘れ物センターに届けました。次の日、トムさんの姉のエバさんが傘を受け取り、すぐに持ち主に届けました。今、傘を持っているのはだれですか。",
                ["ニナさん", "トムさん", "エバさん", "運転手"],
            ),
            "ko": (
                "니나는 톰에게 자기 우산을 빌려주었습니다. 톰은 우산을 버스에 두고 내렸고, 운전기사는 그것을 분실물 보관소에 맡겼습니다. 다음 날 톰의 누나 에바가 우산을 찾아 곧바로 주인에게 가져다주었습니다. 지금 우산은 누구에게 있습니까?",
                ["니나", "톰", "에바", "운전기사"],
            ),
            "ar": (
                "أعارت نينا مظلتها لتوم. نسي توم المظلة في الحافلة، فسلّمها السائق إلى مكتب المفقودات. في اليوم التالي استلمتها إيفا أخت توم وأخذتها مباشرة إلى صاحبتها. مع من المظلة الآن؟",
                ["نينا", "توم", "إيفا", "السائق"],
            ),
            "hi": (
                "नीना ने अपना छाता टॉम को उधार दिया। टॉम उसे बस में भूल गया और ड्राइवर ने उसे खोया-पाया कार्यालय में जमा कर दिया। अगले दिन टॉम की बहन ईवा ने छाता लिया और सीधे उसकी मालकिन को पहुँचा दिया। छाता अब किसके पास है?",
                ["नीना", "टॉम", "ईवा", "ड्राइवर"],
            ),
            "bn": (
                "নীনা তার ছাতাটি টমকে ধার দিল। টম সেটি বাসে ফেলে এল, আর চালক সেটি হারানো জিনিসের দপ্তরে জমা দিল। পরদিন টমের বোন ইভা ছাতাটি নিয়ে সোজা তার মালিকের কাছে পৌঁছে দিল। ছাতাটি এখন কার কাছে আছে?",
                ["নীনা", "টম", "ইভা", "চালক"],
            ),
            "sw": (
                "Nina alimwazima Tom mwavuli wake. Tom aliusahau ndani ya basi, na dereva akaupeleka kwenye ofisi ya vitu vilivyopotea. Siku iliyofuata Eva, dada yake Tom, aliuchukua na kuupeleka moja kwa moja kwa mwenyewe. Nani ana mwavuli huo sasa?",
                ["Nina", "Tom", "Eva", "Dereva"],
            ),
        },
    ),
    (
        "train-warning",
        "reading",
        {
            "en": (
                'Announcement: "The train to the airport leaves today from platform two instead of platform six. Only the front three carriages go to the airport; the others stay at the central station." Where must you sit to reach the airport?',
                [
                    "In one of the front three carriages",
                    "In one of the last three carriages",
                    "In any carriage",
                    "In the carriage number six",
                ],
            ),
            "de": (
                "Durchsage: „Der Zug zum Flughafen fährt heute von Gleis zwei statt von Gleis sechs ab. Nur die vorderen drei Wagen fahren zum Flughafen; die anderen bleiben am Hauptbahnhof.“ Wo muss man sitzen, um zum Flughafen zu kommen?",
                [
                    "In einem der vorderen drei Wagen",
                    "In einem der letzten drei Wagen",
                    "In einem beliebigen Wagen",
                    "Im Wagen Nummer sechs",
                ],
            ),
            "fr": (
                "Annonce : « Le train pour l'aéroport part aujourd'hui de la voie deux au lieu de la voie six. Seules les trois premières voitures vont à l'aéroport ; les autres restent à la gare centrale. » Où faut-il s'asseoir pour arriver à l'aéroport ?",
                [
                    "Dans l'une des trois premières voitures",
                    "Dans l'une des trois dernières voitures",
                    "Dans n'importe quelle voiture",
                    "Dans la voiture numéro six",
                ],
            ),
            "es": (
                "Aviso: «El tren al aeropuerto sale hoy de la vía dos en lugar de la vía seis. Solo los tres primeros vagones van al aeropuerto; los demás se quedan en la estación central». ¿Dónde hay que sentarse para llegar al aeropuerto?",
                [
                    "En uno de los tres primeros vagones",
                    "En uno de los tres últimos vagones",
                    "En cualquier vagón",
                    "En el vagón número seis",
                ],
            ),
            "pt": (
                "Aviso: «O comboio para o aeroporto parte hoje da linha dois em vez da linha seis. Só as três primeiras carruagens vão até ao aeroporto; as outras ficam na estação central.» Onde é preciso sentar-se para chegar ao aeroporto?",
                [
                    "Numa das três primeiras carruagens",
                    "Numa das três últimas carruagens",
                    "Em qualquer carruagem",
                    "Na carruagem número seis",
                ],
            ),
            "it": (
                "Annuncio: «Il treno per l'aeroporto parte oggi dal binario due invece che dal binario sei. Solo le prime tre carrozze vanno all'aeroporto; le altre restano alla stazione centrale». Dove bisogna sedersi per arrivare all'aeroporto?",
                [
                    "In una delle prime tre carrozze",
                    "In una delle ultime tre carrozze",
                    "In una carrozza qualsiasi",
                    "Nella carrozza numero sei",
                ],
            ),
            "ru": (
                "Объявление: «Поезд в аэропорт сегодня отправляется со второго пути, а не с шестого. В аэропорт идут только первые три вагона, остальные останутся на центральном вокзале». Где нужно сидеть, чтобы попасть в аэропорт?",
                [
                    "В одном из первых трёх вагонов",
                    "В одном из последних трёх вагонов",
                    "В любом вагоне",
                    "В шестом вагоне",
                ],
            ),
            "zh": (
                "广播：“开往机场的列车今天改从二号站台发车，不在六号站台发车。只有前三节车厢开往机场，其余车厢留在中央车站。”要到机场，应该坐在哪里？",
                ["前三节车厢中的一节", "最后三节车厢中的一节", "任何一节车厢", "六号车厢"],
            ),
            "ja": (
                "案内放送：「空港行きの列車は、本日六番線ではなく二番線から発車します。空港へ行くのは前の三両だけで、残りの車両は中央駅に止まったままです。」空港に着くには、どこに座らなければなりませんか。",
                ["前の三両のどれか", "後ろの三両のどれか", "どの車両でもよい", "六号車"],
            ),
            "ko": (
                "안내 방송: “공항행 열차는 오늘 육 번 승강장이 아니라 이 번 승강장에서 출발합니다. 앞의 세 칸만 공항까지 가고 나머지 칸은 중앙역에 남습니다.” 공항에 가려면 어디에 앉아야 합니까?",
                ["앞의 세 칸 가운데 한 칸", "뒤의 세 칸 가운데 한 칸", "아무 칸이나", "육 번 칸"],
            ),
            "ar": (
                "إعلان: «ينطلق القطار المتجه إلى المطار اليوم من الرصيف الثاني بدلًا من الرصيف السادس. العربات الثلاث الأولى فقط تذهب إلى المطار، أما العربات الأخرى فتبقى في المحطة المركزية». أين يجب أن تجلس لتصل إلى المطار؟",
                ["في إحدى العربات الثلاث الأولى", "في إحدى العربات الثلاث الأخيرة", "في أي عربة", "في العربة رقم ستة"],
            ),
            "hi": (
                "घोषणा: “हवाई अड्डे जाने वाली ट्रेन आज प्लेटफ़ॉर्म छह के बजाय प्लेटफ़ॉर्म दो से चलेगी। केवल आगे के तीन डिब्बे हवाई अड्डे जाएँगे; बाकी डिब्बे मुख्य स्टेशन पर रह जाएँगे।” हवाई अड्डे पहुँचने के लिए कहाँ बैठना होगा?",
                ["आगे के तीन डिब्बों में से किसी एक में", "पीछे के तीन डिब्बों में से किसी एक में", "किसी भी डिब्बे में", "छह नंबर के डिब्बे में"],
            ),
            "bn": (
                "ঘোষণা: “বিমানবন্দরগামী ট্রেন আজ ছয় নম্বর প্ল্যাটফর্মের বদলে দুই নম্বর প্ল্যাটফর্ম থেকে ছাড়বে। কেবল সামনের তিনটি কামরা বিমানবন্দরে যাবে; বাকিগুলি কেন্দ্রীয় স্টেশনে থেকে যাবে।” বিমানবন্দরে পৌঁছাতে কোথায় বসতে হবে?",
                ["সামনের তিনটি কামরার একটিতে", "পেছনের তিনটি কামরার একটিতে", "যে কোনো কামরায়", "ছয় নম্বর কামরায়"],
            ),
            "sw": (
                'Tangazo: "Treni ya kwenda uwanja wa ndege leo itaondoka kwenye jukwaa la pili badala ya jukwaa la sita. Mabehewa matatu ya mbele tu ndiyo yanayokwenda uwanja wa ndege; mengine yatabaki kwenye stesheni kuu." Unapaswa kukaa wapi ili ufike uwanja wa ndege?',
                [
                    "Katika mojawapo ya mabehewa matatu ya mbele",
                    "Katika mojawapo ya mabehewa matatu ya mwisho",
                    "Katika behewa lolote",
                    "Katika behewa namba sita",
                ],
            ),
        },
    ),
    (
        "not-yet",
        "translation",
        {
            "en": (
                'Which sentence means the same as the Spanish sentence "Todavía no ha llegado"?',
                [
                    "She has not arrived yet",
                    "She has already arrived",
                    "She will never arrive",
                    "She did not want to arrive",
                ],
            ),
            "de": (
                'Welcher Satz bedeutet dasselbe wie der englische Satz "She has not arrived yet"?',
                [
                    "Sie ist noch nicht angekommen",
                    "Sie ist schon angekommen",
                    "Sie wird nie ankommen",
                    "Sie wollte nicht ankommen",
                ],
            ),
            "fr": (
                'Quelle phrase a le même sens que la phrase anglaise "She has not arrived yet" ?',
                [
                    "Elle n'est pas encore arrivée",
                    "Elle est déjà arrivée",
                    "Elle n'arrivera jamais",
                    "Elle ne voulait pas arriver",
                ],
            ),
            "es": (
                '¿Qué frase significa lo mismo que la frase inglesa "She has not arrived yet"?',
                ["Todavía no ha llegado", "Ya ha llegado", "Nunca llegará", "No quería llegar"],
            ),
            "pt": (
                'Que frase significa o mesmo que a frase inglesa "She has not arrived yet"?',
                ["Ela ainda não chegou", "Ela já chegou", "Ela nunca chegará", "Ela não queria chegar"],
            ),
            "it": (
                'Quale frase ha lo stesso significato della frase inglese "She has not arrived yet"?',
                ["Non è ancora arrivata", "È già arrivata", "Non arriverà mai", "Non voleva arrivare"],
            ),
            "ru": (
                'Какое предложение означает то же, что английское "She has not arrived yet"?',
                ["Она ещё не приехала", "Она уже приехала", "Она никогда не приедет", "Она не хотела приезжать"],
            ),
            "zh": (
                "哪个句子的意思与英语句子“She has not arrived yet”相同？",
                ["她还没有到", "她已经到了", "她永远不会到", "她不想到"],
            ),
            "ja": (
                "英語の文「She has not arrived yet」と同じ意味の文はどれですか。",
                [
                    "彼女はまだ着いていません",
                    "彼女はもう着きました",
                    "彼女は決して着きません",
                    "彼女は着きたくありませんでした",
                ],
            ),
            "ko": (
                "영어 문장 “She has not arrived yet”과 뜻이 같은 문장은 무엇입니까?",
                [
                    "그녀는 아직 도착하지 않았다",
                    "그녀는 벌써 도착했다",
                    "그녀는 절대 도착하지 않을 것이다",
                    "그녀는 도착하고 싶지 않았다",
                ],
            ),
            "ar": (
                'أيّ جملة لها معنى الجملة الإنجليزية "She has not arrived yet" نفسه؟',
                ["لم تصل بعد", "لقد وصلت", "لن تصل أبدًا", "لم تُرد أن تصل"],
            ),
            "hi": (
                "किस वाक्य का अर्थ अंग्रेज़ी वाक्य “She has not arrived yet” के समान है?",
                ["वह अभी तक नहीं पहुँची है", "वह पहुँच चुकी है", "वह कभी नहीं पहुँचेगी", "वह पहुँचना नहीं चाहती थी"],
            ),
            "bn": (
                "কোন বাক্যের অর্থ ইংরেজি বাক্য “She has not arrived yet”-এর মতো একই?",
                ["সে এখনও এসে পৌঁছায়নি", "সে এরই মধ্যে এসে গেছে", "সে কখনও আসবে না", "সে আসতে চায়নি"],
            ),
            "sw": (
                'Ni sentensi gani yenye maana sawa na sentensi ya Kiingereza "She has not arrived yet"?',
                ["Bado hajafika", "Tayari amefika", "Hatafika kamwe", "Hakutaka kufika"],
            ),
        },
    ),
    (
        "no-longer",
        "translation",
        {
            "en": (
                'Which sentence means the same as the French sentence "Il n\'habite plus ici"?',
                [
                    "He no longer lives here",
                    "He still lives here",
                    "He has never lived here",
                    "He does not live here alone",
                ],
            ),
            "de": (
                'Welcher Satz bedeutet dasselbe wie der englische Satz "He no longer lives here"?',
                [
                    "Er wohnt nicht mehr hier",
                    "Er wohnt noch hier",
                    "Er hat nie hier gewohnt",
                    "Er wohnt hier nicht allein",
                ],
            ),
            "fr": (
                'Quelle phrase a le même sens que la phrase anglaise "He no longer lives here" ?',
                [
                    "Il n'habite plus ici",
                    "Il habite encore ici",
                    "Il n'a jamais habité ici",
                    "Il n'habite pas seul ici",
                ],
            ),
            "es": (
                '¿Qué frase significa lo mismo que la frase inglesa "He no longer lives here"?',
                ["Ya no vive aquí", "Todavía vive aquí", "Nunca ha vivido aquí", "No vive solo aquí"],
            ),
            "pt": (
                'Que frase significa o mesmo que a frase inglesa "He no longer lives here"?',
                ["Ele já não mora aqui", "Ele ainda mora aqui", "Ele nunca morou aqui", "Ele não mora aqui sozinho"],
            ),
            "it": (
                'Quale frase ha lo stesso significato della frase inglese "He no longer lives here"?',
                ["Non abita più qui", "Abita ancora qui", "Non ha mai abitato qui", "Non abita qui da solo"],
            ),
            "ru": (
                'Какое предложение означает то же, что английское "He no longer lives here"?',
                [
                    "Он здесь больше не живёт",
                    "Он всё ещё здесь живёт",
                    "Он никогда здесь не жил",
                    "Он живёт здесь не один",
                ],
            ),
            "zh": (
                "哪个句子的意思与英语句子“He no longer lives here”相同？",
                ["他已经不住在这里了", "他还住在这里", "他从来没有住在这里", "他不是一个人住在这里"],
            ),
            "ja": (
                "英語の文「He no longer lives here」と同じ意味の文はどれですか。",
                [
                    "彼はもうここに住んでいません",
                    "彼はまだここに住んでいます",
                    "彼はここに住んだことがありません",
                    "彼はここに一人で住んでいるのではありません",
                ],
            ),
            "ko": (
                "영어 문장 “He no longer lives here”와 뜻이 같은 문장은 무엇입니까?",
                [
                    "그는 이제 여기에 살지 않는다",
                    "그는 아직 여기에 산다",
                    "그는 여기에 산 적이 없다",
                    "그는 여기에 혼자 살지 않는다",
                ],
            ),
            "ar": (
                'أيّ جملة لها معنى الجملة الإنجليزية "He no longer lives here" نفسه؟',
                ["لم يعد يسكن هنا", "ما زال يسكن هنا", "لم يسكن هنا قط", "لا يسكن هنا وحده"],
            ),
            "hi": (
                "किस वाक्य का अर्थ अंग्रेज़ी वाक्य “He no longer lives here” के समान है?",
                ["वह अब यहाँ नहीं रहता", "वह अब भी यहाँ रहता है", "वह यहाँ कभी नहीं रहा", "वह यहाँ अकेला नहीं रहता"],
            ),
            "bn": (
                "কোন বাক্যের অর্থ ইংরেজি বাক্য “He no longer lives here”-এর মতো একই?",
                ["সে আর এখানে থাকে না", "সে এখনও এখানে থাকে", "সে কখনও এখানে থাকেনি", "সে এখানে একা থাকে না"],
            ),
            "sw": (
                'Ni sentensi gani yenye maana sawa na sentensi ya Kiingereza "He no longer lives here"?',
                ["Haishi hapa tena", "Bado anaishi hapa", "Hajawahi kuishi hapa", "Haishi hapa peke yake"],
            ),
        },
    ),
]

# Free answers, in the language that was asked for. (id, tags, text by language, what an answer cannot do without)
FREE: list[tuple[str, str, dict[str, str], dict[str, str]]] = [
    (
        "city-trees",
        "asked-in-english",
        {
            "en": "Responde en inglés, con dos o tres frases completas: ¿por qué se plantan árboles en las ciudades?",
            "de": "Answer in German, in two or three full sentences: why are trees planted in cities?",
            "fr": "Answer in French, in two or three full sentences: why are trees planted in cities?",
            "es": "Answer in Spanish, in two or three full sentences: why are trees planted in cities?",
            "pt": "Answer in Portuguese, in two or three full sentences: why are trees planted in cities?",
            "it": "Answer in Italian, in two or three full sentences: why are trees planted in cities?",
            "ru": "Answer in Russian, in two or three full sentences: why are trees planted in cities?",
            "zh": "Answer in Chinese, in two or three full sentences: why are trees planted in cities?",
            "ja": "Answer in Japanese, in two or three full sentences: why are trees planted in cities?",
            "ko": "Answer in Korean, in two or three full sentences: why are trees planted in cities?",
            "ar": "Answer in Arabic, in two or three full sentences: why are trees planted in cities?",
            "hi": "Answer in Hindi, in two or three full sentences: why are trees planted in cities?",
            "bn": "Answer in Bengali, in two or three full sentences: why are trees planted in cities?",
            "sw": "Answer in Swahili, in two or three full sentences: why are trees planted in cities?",
        },
        {
            "en": "tree", "de": "baum|bäum", "fr": "arbre", "es": "árbol", "pt": "árvore", "it": "alber", "ru": "дерев", "zh": "树|樹",
            "ja": "木|樹", "ko": "나무|가로수|수목", "ar": "شجر|شجار", "hi": "पेड़|पेड़|वृक्ष", "bn": "গাছ|বৃক্ষ", "sw": "miti|mti",
        },
    ),
    (
        "household-water",
        "asked-in-own-language",
        {
            "en": "What is water used for in a household? Answer in English, in two or three full sentences.",
            "de": "Wofür wird Wasser im Haushalt gebraucht? Antworte auf Deutsch, in zwei oder drei ganzen Sätzen.",
            "fr": "À quoi sert l'eau dans une maison ? Réponds en français, en deux ou trois phrases complètes.",
            "es": "¿Para qué se usa el agua en una casa? Responde en español, con dos o tres frases completas.",
            "pt": "Para que se usa a água numa casa? Responda em português, com duas ou três frases completas.",
            "it": "A che cosa serve l'acqua in una casa? Rispondi in italiano, con due o tre frasi complete.",
            "ru": "Для чего в доме нужна вода? Ответь по-русски, двумя или тремя полными предложениями.",
            "zh": "家里的水有哪些用途？请用中文回答，写两三个完整的句子。",
            "ja": "家庭では水を何に使いますか。日本語で、二つか三つの完全な文で答えてください。",
            "ko": "가정에서는 물을 어디에 씁니까? 한국어로 두세 개의 완전한 문장으로 답하세요.",
            "ar": "فيمَ يُستعمل الماء في المنزل؟ أجب بالعربية في جملتين أو ثلاث جمل كاملة.",
            "hi": "घर में पानी किस-किस काम आता है? हिंदी में दो या तीन पूरे वाक्यों में उत्तर दीजिए।",
            "bn": "বাড়িতে পানি কী কী কাজে লাগে? বাংলায় দুই বা তিনটি পূর্ণ বাক্যে উত্তর দিন।",
            "sw": "Maji hutumika kwa nini nyumbani? Jibu kwa Kiswahili, kwa sentensi mbili au tatu kamili.",
        },
        {
            "en": "water", "de": "wasser", "fr": r"\beau\b|l'eau|d'eau|l’eau|d’eau", "es": "agua", "pt": "água", "it": "acqua", "ru": "вод", "zh": "水",
            "ja": "水", "ko": "물", "ar": "ماء|مياه", "hi": "पानी|जल", "bn": "পানি|জল", "sw": "maji",
        },
    ),
]  # fmt: skip

# answers to the two questions above, for the tests
REPLIES: dict[str, dict[str, str]] = {
    "city-trees": {
        "en": "Trees give shade to the streets and clean the air. They also make a city more pleasant to live in.",
        "de": "Bäume spenden Schatten und reinigen die Luft. Außerdem machen sie die Straßen der Stadt schöner und leiser.",
        "fr": "Les arbres donnent de l'ombre et purifient l'air. Ils rendent aussi les rues de la ville plus agréables.",
        "es": "Los árboles dan sombra y limpian el aire de las calles. Además, hacen que la ciudad sea más agradable.",
        "pt": "As árvores dão sombra e limpam o ar das ruas. Além disso, tornam a cidade mais agradável para as pessoas.",
        "it": "Gli alberi fanno ombra e puliscono l'aria delle strade. Inoltre rendono la città più bella per chi ci vive.",
        "ru": "Деревья дают тень и очищают воздух. Кроме того, они делают улицы города красивее и тише.",
        "zh": "树木可以提供阴凉，还能净化空气。它们也让城市的街道更加美丽。",
        "ja": "木は日陰を作り、空気をきれいにします。また、町の景色を美しくしてくれます。",
        "ko": "나무는 그늘을 만들고 공기를 깨끗하게 합니다. 또한 도시의 거리를 더 아름답게 만듭니다.",
        "ar": "تمنح الأشجار الظل وتنقّي الهواء في الشوارع. كما أنها تجعل المدينة أجمل للناس.",
        "hi": "पेड़ छाया देते हैं और हवा को साफ़ करते हैं। वे शहर की सड़कों को सुंदर भी बनाते हैं।",
        "bn": "গাছ ছায়া দেয় এবং বাতাস পরিষ্কার করে। গাছ শহরের রাস্তাগুলিকে সুন্দরও করে তোলে।",
        "sw": "Miti hutoa kivuli na husafisha hewa ya mitaani. Pia hufanya mji uwe mahali pazuri pa kuishi.",
    },
    "household-water": {
        "en": "People drink water and cook with it every day. They also need it to wash their clothes and to clean the house.",
        "de": "Man trinkt Wasser und kocht damit jeden Tag. Außerdem braucht man es zum Waschen und Putzen.",
        "fr": "On boit de l'eau et on fait la cuisine avec elle tous les jours. On en a aussi besoin pour se laver et nettoyer la maison.",
        "es": "El agua se bebe y se usa para cocinar todos los días. También hace falta para lavar la ropa y limpiar la casa.",
        "pt": "A água serve para beber e para cozinhar todos os dias. Também é precisa para lavar a roupa e limpar a casa.",
        "it": "L'acqua si beve e si usa ogni giorno per cucinare. Serve anche per lavare i vestiti e pulire la casa.",
        "ru": "Воду пьют и на ней готовят еду каждый день. Она нужна также для стирки и уборки.",
        "zh": "人们每天喝水，也用水做饭。洗衣服和打扫房间也需要水。",
        "ja": "水は毎日飲んだり、料理に使ったりします。洗濯や掃除にも水が必要です。",
        "ko": "사람들은 매일 물을 마시고 물로 요리를 합니다. 빨래와 청소에도 물이 필요합니다.",
        "ar": "يشرب الناس الماء ويطبخون به كل يوم. ويحتاجون إليه أيضًا لغسل الملابس وتنظيف البيت.",
        "hi": "लोग हर दिन पानी पीते हैं और उससे खाना बनाते हैं। कपड़े धोने और घर साफ़ करने के लिए भी पानी चाहिए।",
        "bn": "মানুষ প্রতিদিন পানি পান করে এবং তা দিয়ে রান্না করে। কাপড় ধোয়া ও ঘর পরিষ্কারের জন্যও পানি লাগে।",
        "sw": "Watu hunywa maji na kupika kwa maji kila siku. Pia maji yanahitajika kwa kufua nguo na kusafisha nyumba.",
    },
}
