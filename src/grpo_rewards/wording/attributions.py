"""Whose answer a sentence gives, or which: "Laut Tom ist die Antwort B", "at first sight it is B".

What somebody else says, what is only heard, how it looks at first, and what another question, another
reading or another edition asks for, is no answer of whoever writes it. The grammar of each language
stands here; what merely denies or doubts is in `grpo_rewards.wording.vocabulary`.
"""

from __future__ import annotations

import regex

__all__ = ["EXAMPLES", "attributed", "said_by_others", "somebodys"]

UNSPACED = ("zh", "ja", "ko", "th", "hi", "bn")
"""Languages whose words carry particles, or stand against each other."""
NEAR = 160
"""How far (characters) before an answer the words are looked for."""
# A name, as against a noun: the languages that write nouns large have them behind an article or here.
_NAME = r"(?-i:(?!(?:I|The|This|That|These|Those|We|It)\b)\p{Lu}\p{Ll}+)"
_GERMAN_NOUN = r"(?:Text|Aufgabe|Angabe|Satz|Tabelle|Passage|Gesetz|Formel|Abschnitt|Artikel|Autor|Quelle|Studie|Grafik|Diagramm|Theorem|Lemma|Regel|Prämisse|Frage|Skizze|Bericht|Plan)(?:e?n|s|es)?\b|\w+(?:ung|ungen|ion|ionen|nis|heit|keit|satz|text|tabelle|aufgabe|formel|regel|gesetz)\b"

#   Language, what stands before the answer and governs it, and an example of it.
_GOVERNS: tuple[tuple[str, str, str], ...] = (
    # What somebody else says.
    (
        "en",
        rf"(?:they|he|she|somebody|someone|everyone|everybody|people|my\s+\w+|the\s+\w+|{_NAME})\s+(?:has\s+|have\s+|once\s+){{0,8}}(?:told|tells?|informed)\s+(?:me|us)(?:\s+that)?",
        "They told me the answer is {answer}.",
    ),
    (
        "en",
        r"(?:rumou?r|legend|word|gossip|folklore)\s+has\s+it(?:\s+that)?",
        "Rumour has it that the answer is {answer}.",
    ),
    (
        "en",
        r"it\s+(?:is|was|has\s+been)\s+(?:(?:often|widely|commonly|sometimes|generally|usually)\s+)?(?:rumou?red|alleged|claimed|said|believed|thought|supposed|reported)(?:\s+by\s+\w+(?:\s+\w+)?)?\s+that",
        "It is often alleged that the answer is {answer}.",
    ),
    (
        "de",
        rf"(?-i:[Ll]aut\s+(?!{_GERMAN_NOUN}){_NAME})|(?-i:{_NAME}\s+zufolge)|nach\s+(?:der\s+)?(?:Meinung|Ansicht)\s+(?:von|des|der|eines|einer|vieler|mancher)\s+\w+",
        "Laut Tom ist die Antwort {answer}.",
    ),
    (
        "de",
        rf"(?:viele|manche|einige|die\s+meisten|andere|alle|(?:meine?|seine?|ihre?)\s+\w+|{_NAME})\s+(?:würden\s+)?(?:\w+\s+)?(?:sag(?:en|t|te)|denk(?:en|t)|glaub(?:en|t)|mein(?:en|t|te)|behaupte[nt]\w*|antworte[nt]\w*)(?:\s+(?:einfach|nur|immer|auch|doch|oft))?(?:,\s+dass|,|:)?",
        "Viele glauben, die Antwort ist {answer}.",
    ),
    (
        "fr",
        rf"(?:selon|d['’]après)\s+(?:{_NAME}|(?:mon|ma|mes|son|sa|ses|un|une|certains|plusieurs|d['’]autres)\s+\w+|certains|beaucoup|lui|eux)",
        "Selon Tom, la réponse est {answer}.",
    ),
    (
        "fr",
        rf"(?:beaucoup|certains|d['’]autres|la\s+plupart|plusieurs|ils|elles|on|les\s+gens|(?:mon|ma|mes|son|sa|ses)\s+\w+|{_NAME})\s+(?:de\s+gens\s+|des\s+\w+\s+)?(?:m['’]a\s+dit|m['’]ont\s+dit|pensent|pense|croient|croit|disent|diraient|dit|dirait|prétend(?:ent)?|affirme(?:nt)?|répond(?:ent|raient))(?:\s+que|\s*:)?",
        "Beaucoup pensent que la réponse est {answer}.",
    ),
    (
        "es",
        rf"según\s+(?:{_NAME}|(?:mi|mis|su|sus|un|una|unos|algunos|muchos|otros)\b(?:\s+\w+)?)",
        "Según Tom, la respuesta es {answer}.",
    ),
    (
        "es",
        rf"(?:muchos|algunos|otros|todos|la\s+mayoría|la\s+gente|ellos|(?:mi|mis|su|sus)\s+\w+|{_NAME})\s+(?:me\s+)?(?:dicen|dice|dijo|dijeron|dirían|diría|piensan|piensa|creen|cree|afirman|afirma|contestan|contestarían)(?:\s+que|\s*:)?|(?:se\s+dice|me\s+dijeron|me\s+han\s+dicho|dicen)\s+que",
        "Muchos dirían que la respuesta es {answer}.",
    ),
    (
        "pt",
        rf"segundo\s+(?:(?:o|a)\s+)?(?:{_NAME}|(?:meu|minha|seu|sua|um|uma|alguns|muitos|outros)\b(?:\s+\w+)?)",
        "Segundo o Tom, a resposta é {answer}.",
    ),
    (
        "pt",
        rf"(?:muitos|alguns|outros|todos|a\s+maioria|eles|(?:meu|meus|minha|minhas|seu|sua)\s+\w+|{_NAME})\s+(?:me\s+)?(?:dizem|diz|disse|disseram|diriam|diria|pensam|pensa|acham|acha|acreditam|acredita|afirmam|afirma)(?:\s+que|\s*:)?|(?:diz-se|me\s+disseram|disseram-me|dizem)\s+que",
        "Muitos acham que a resposta é {answer}.",
    ),
    (
        "it",
        rf"secondo\s+(?:{_NAME}|(?:un|una)\s+(?:mio|mia)\s+\w+|alcuni|molti|altri)",
        "Secondo Tom, la risposta è {answer}.",
    ),
    (
        "it",
        rf"(?:molti|alcuni|altri|tutti|la\s+maggior\s+parte|(?:mio|mia|suo|sua)\s+\w+|{_NAME})\s+(?:mi\s+)?(?:dicono|dice|direbbero|pensano|pensa|credono|crede|affermano|afferma|sostengono|sostiene)(?:\s+che|\s*:)?|(?:si\s+dice|mi\s+hanno\s+detto|dicono)\s+che",
        "Molti pensano che la risposta è {answer}.",
    ),
    (
        "ru",
        rf"по\s+(?:мнению|словам)\s+\w+|(?-i:[Сс]огласно)\s+{_NAME}|(?:многие|некоторые|другие|все|большинство|мне|говорят|{_NAME})\s*(?:бы\s+)?(?:дума(?:ют|ет)|счита(?:ют|ет)|говор(?:ят|ит)|сказал[аи]?|утвержда(?:ют|ет)|ответ(?:ят|или))?,\s+что",
        "По мнению Тома, ответ {answer}.",
    ),
    (
        "zh",
        r"(?:很多|许多|不少|有些?|多数|大多数|大部分|有的)(?:人|学生|同学|考生|网友)(?:们)?(?:都|会|可能|常|往往)*+(?:认为|觉得|说|以为|选|猜|回答)?(?:是|了)?|(?:小明|小红|小李|老师|同学|朋友|网友|网上|大家|他们?|她们?|[妈爸哥姐弟妹]{1,2}|爷爷|奶奶|室友|同桌|邻居|书上|网友们)(?:都|会)*+(?:认为|觉得|说|以为|猜|回答(?!了)|告诉我)|据说|听说|传说",
        "很多人认为答案是{answer}。",
    ),
    (
        "ja",
        r"(?:さん|君|くん|ちゃん|氏|太郎|花子|友人|友達|先生|彼|彼女|噂|うわさ|ネット|クラスメート)によ(?:ると|れば)|(?:多くの|一部の|ある)(?:人|学生|生徒|(?:研究)?者)(?:たち)?(?:は|が|によ(?:ると|れば))",
        "太郎によると、答えは{answer}です。",
    ),
    (
        "ko",
        r"(?:씨|철수|영희|민수|친구|선생님|그|그녀|소문|인터넷)에\s?(?:따르면|의하면)|(?:많은|어떤|일부)\s+(?:사람|학생)(?:들)?(?:은|이|에\s?따르면)",
        "철수에 따르면 답은 {answer}입니다.",
    ),
    (
        "fa",
        r"می[\u200c ]?گوید|می[\u200c ]?گویند|(?<!توان\s)گفت(?:ند)?",
        "مادرم می‌گوید پاسخ: {answer}.",
    ),
    (
        "vi",
        r"(?:mẹ|bố|ba|má|cha|anh|chị|em|bạn|thầy|cô|ông|bà|họ|người\s+ta)(?:\s+(?:của\s+)?(?:tôi|mình|em|ấy|giáo|bè))?\s+(?:nói|bảo|cho\s+rằng)(?:\s+rằng|\s+là)?",
        "Mẹ tôi nói đáp án là {answer}.",
    ),
    ("th", r"(?:บอก|กล่าว|พูด|เล่า)ว่า|ได้ยินมาว่า", "แม่บอกว่าคำตอบคือ {answer}"),
    (
        "hi",
        r"(?:कहता|कहती|कहते|मानते|मानता|मानती)\s+हैं?(?:\s+कि)?|ने\s+(?:कहा|बताया)(?:\s+है)?(?:\s+कि)?",
        "मेरी माँ कहती है कि उत्तर: {answer}",
    ),
    (
        "bn",
        r"(?:বলেন|বলেছেন|বলেছে|বলল|শুনেছি)(?:\s+যে)?(?![\u0980-\u09ff])",
        "আমার মা বলেন উত্তর হলো {answer}।",
    ),
    (
        "nl",
        rf"volgens\s+(?:(?!Pythagoras|Euclides|Euler|Newton|Thales){_NAME}|(?:mijn|zijn|haar|een|sommige|veel|andere)\s+\w+)",
        "Volgens Tom is het antwoord: {answer}.",
    ),
    (
        "pl",
        rf"według\s+(?:(?!Pitagorasa|Euklidesa|Eulera|Newtona|Talesa){_NAME}|(?:mojego|mojej|moich|jego|jej|niektórych|wielu)\s+\w+)",
        "Według Toma odpowiedź to {answer}.",
    ),
    (
        "sv",
        rf"enligt\s+(?:(?!Pythagoras|Euklides|Euler|Newton|Thales){_NAME}|(?:min|mitt|mina|hans|hennes|en|ett|vissa|många)\s+\w+)",
        "Enligt Tom är svaret: {answer}.",
    ),
    (
        "tr",
        r"(?!(?:soru|problem|denklem|işlem|bu|test|alıştırma)n?\w{0,2}n\b)\w{1,24}[ıiuü]n\s+(?:cevabı|yanıtı|tahmini)|(?:cevabın|sonucun)\s+(?:yarısı|iki\s+katı|üç\s+katı|karesi|küpü)",
        "Öğrencinin cevabı: {answer}.",
    ),
    (
        "tr",
        rf"(?!Pisagor|Öklid|Euler|Newton|Thales|Tablo|Metin|Grafik|Soru|Problem|Şekil|Teorem){_NAME}['’]y?[ae]\s+göre",
        "Ali'ye göre cevap: {answer}.",
    ),
    (
        "es",
        r"(?:el|la|un|una)\s+(?:libro|profesora?|maestr[oa]|amig[oa]|vecin[oa]|compañer[oa]|foro|solucionario)\s+(?:me\s+)?(?:dice|dijo|afirma|cree|piensa|contesta|responde)(?:\s+que)?",
        "El libro dice que la respuesta es {answer}.",
    ),
    (
        "fr",
        r"(?:le|la|l['’]|un|une)\s*(?:livre|prof|professeure?|ma[iî]tre(?:sse)?|amie?|voisine?|camarade|forum|corrigé)\s+(?:m['’]a\s+)?(?:dit|affirme|croit|pense|répond)(?:\s+que)?",
        "Le livre dit que la réponse est {answer}.",
    ),
    (
        "pt",
        r"(?:o|a|um|uma)\s+(?:livro|professora?|amig[oa]|vizinh[oa]|colega|fórum|gabarito)\s+(?:me\s+)?(?:diz|disse|afirma|acha|acredita|responde)(?:\s+que)?",
        "O livro diz que a resposta é {answer}.",
    ),
    (
        "it",
        r"(?:il|lo|la|l['’]|un|una)\s*(?:libro|prof|professore|professoressa|maestr[oa]|amic[oa]|vicin[oa]|compagn[oa]|forum)\s+(?:mi\s+)?(?:dice|ha\s+detto|afferma|crede|pensa|sostiene|risponde)(?:\s+che)?",
        "Il libro dice che la risposta è {answer}.",
    ),
    (
        "de",
        r"(?:im|in\s+einem)\s+(?:Buch|Forum|Internet|Lösungsbuch)\s+(?:steht|stand)(?:,\s+dass)?|(?:man|jemand)\s+sagte?(?:,\s+dass|,)?",
        "Im Buch steht, die Antwort ist {answer}.",
    ),
    (
        "vi",
        rf"theo\s+(?:bạn\s+(?:tôi|{_NAME})|lời\s+\w+|(?-i:(?!Viète|Pytago|Vi-et|Newton|Euler)\p{{Lu}}\p{{Ll}}+(?=\s*,)))|(?:nhiều|một\s+số|có)\s+(?:người|học\s+sinh|bạn)\s+(?:sẽ\s+)?(?:nghĩ|cho|nói|bảo|chọn|trả\s+lời)(?:\s+rằng)?|nghe\s+nói",
        "Nhiều người nghĩ đáp án là {answer}.",
    ),
    (
        "ar",
        r"(?:يظن|يعتقد|يقول|يرى|يزعم)\s+(?:الكثيرون|كثيرون|البعض|الكثير|بعضهم|الناس|صديقي|زميلي)(?:\s+من\s+\w+)?\s*(?:أن|إن|بأن)?|(?:حسب|وفقا\s+ل)\s*(?:صديقي|زميلي|زعمهم)|يقال\s+(?:إن|أن)",
        "يظن كثيرون أن الإجابة هي {answer}.",
    ),
    # How it looks at first.
    (
        "en",
        r"at\s+first\s+(?:glance|sight|look|blush)|on\s+the\s+(?:face\s+of\s+it|surface)|(?-i:\b(?:Naively|Superficially))",
        "At first glance, the answer is {answer}.",
    ),
    (
        "de",
        r"auf\s+den\s+ersten\s+blick|oberflächlich\s+betrachtet|naiv\s+(?:betrachtet|gedacht)",
        "Auf den ersten Blick ist die Antwort {answer}.",
    ),
    (
        "fr",
        r"(?:à\s+première\s+vue|au\s+premier\s+(?:abord|regard|coup\s+d['’]œil))",
        "À première vue, la réponse est {answer}.",
    ),
    ("es", r"a\s+(?:primera|simple)\s+vista", "A primera vista, la respuesta es {answer}."),
    ("pt", r"à\s+primeira\s+vista", "À primeira vista, a resposta é {answer}."),
    ("it", r"a\s+prima\s+vista", "A prima vista la risposta è {answer}."),
    ("ru", r"на\s+первый\s+взгляд", "На первый взгляд, ответ {answer}."),
    ("zh", r"乍一?看(?:之下|起来|来)?|初看|表面上?看?|粗看", "乍一看，答案是{answer}。"),
    ("ja", r"一見(?:すると|した(?:ところ|だけ))?|ぱっと見", "一見、答えは{answer}です。"),
    (
        "ko",
        r"언뜻\s?(?:보면|보기에는?)|얼핏\s?(?:보면|보기에는?)",
        "언뜻 보면 답은 {answer}입니다.",
    ),
    ("vi", r"thoạt\s+(?:nhìn|nghe|đầu)", "Thoạt nhìn, đáp án là {answer}."),
    ("ar", r"للوهلة\s+الأولى|لأول\s+وهلة", "للوهلة الأولى، الإجابة هي {answer}."),
    # What another question, reading, edition or case asks for.
    (
        "en",
        r"(?:for|to|on|in)\s+(?:the|your|my)\s+(?:bonus|next|previous|last|other|preceding|earlier|follow-up)\s+(?:question|part|problem|exercise|item|quiz)",
        "For the bonus question, the answer is {answer}.",
    ),
    (
        "en",
        r"in\s+(?:some|another|other|an?\s+(?:older|earlier|parallel|different|alternative)|(?:the|my)\s+(?:old|older|earlier|previous|first))\s+(?:\w+\s+)?(?:editions?|versions?|worlds?|universes?|countries|country|books?|textbooks?)",
        "In some editions, the answer is {answer}.",
    ),
    (
        "en",
        r"(?:on|under|in|by)\s+(?:one|another|some|the\s+(?:first|second|other|naive|literal|wrong)|a\s+(?:different|naive|literal|careless|wrong))\s+(?:reading|interpretation)s?",
        "On one reading, the answer is {answer}.",
    ),
    (
        "en",
        r"(?-i:(?:^|(?<=[.!?;\n]\s))\s*(?:Otherwise|Else))",
        "Otherwise, the answer is {answer}.",
    ),
    (
        "en",
        r"(?:^|(?<=[.!?;\n]\s))\s*(?:previously|formerly|yesterday(?!\s+(?:is|was)\b)|last\s+(?:week|year|time)|in\s+the\s+past|until\s+(?:recently|now|yesterday))",
        "Previously, the answer was {answer}.",
    ),
    # What it is said, or seems, to be.
    (
        "de",
        r"(?:angeblich|vermeintlich|mein(?:e)?\s+\w+\s+(?:sagt|meint|glaubt|behauptet)(?:,\s+dass|,)?)",
        "Angeblich ist die Antwort {answer}.",
    ),
    (
        "fr",
        r"il\s+(?:paraît|semble)\s+que|soi-disant|(?:mon|ma|mes|un|une)\s+\w+\s+(?:dit|pense|croit|affirme|disent|pensent)\s+que",
        "Il paraît que la réponse est {answer}.",
    ),
    (
        "es",
        r"(?:me\s+)?parece\s+(?:ser\s+)?que|supuestamente|presuntamente|(?:mi|mis|un|una)\s+\w+\s+(?:dice|piensa|cree|afirma|dicen)\s+que",
        "Mi amigo dice que la respuesta es {answer}.",
    ),
    (
        "pt",
        r"parece\s+que|supostamente|(?:o\s+|a\s+)?(?:meu|minha|meus|um|uma)\s+\w+\s+(?:diz|pensa|acha|afirma|dizem)\s+que",
        "Meu amigo diz que a resposta é {answer}.",
    ),
    (
        "it",
        r"(?:sembra|pare)\s+che|presumibilmente|presuntamente|(?:il\s+|la\s+)?(?:mio|mia|miei|un|una)\s+\w+\s+(?:dice|pensa|crede|afferma|dicono)\s+che",
        "Il mio amico dice che la risposta è {answer}.",
    ),
    ("zh", r"容易误?(?:认为|以为)|误(?:认为|以为)", "容易误认为答案是{answer}。"),
    (
        "vi",
        r"(?:bạn|thầy|cô)\s+(?:tôi|giáo)\s+(?:nói|bảo|nghĩ|cho)(?:\s+rằng)?|dường\s+như|hình\s+như",
        "Bạn tôi nói đáp án là {answer}.",
    ),
    (
        "ar",
        r"يبدو\s+(?:أن|ان)|(?:قال|يقول|ذكر)\s+(?:لي\s+)?(?:صديقي|زميلي|أخي|بعضهم)\s+(?:إن|أن|بأن)",
        "يبدو أن الإجابة هي {answer}.",
    ),
    # What it is in one case.
    (
        "en",
        r"in\s+(?:the\s+)?(?:one|first|second|other|latter|former)\s+case",
        "In the first case, the answer is {answer}.",
    ),
    (
        "de",
        r"im\s+(?:ersten|zweiten|anderen|einen)\s+fall|andernfalls|ansonsten|für\s+die\s+(?:nächste|vorige|letzte|andere)\s+frage",
        "Andernfalls ist die Antwort {answer}.",
    ),
    (
        "fr",
        r"dans\s+(?:le\s+(?:premier|second|deuxième)|l['’]autre)\s+cas|(?-i:(?:^|(?<=[.!?]\s))Sinon)|pour\s+la\s+(?:question\s+(?:suivante|précédente)|prochaine\s+question)",
        "Dans le premier cas, la réponse est {answer}.",
    ),
    (
        "es",
        r"en\s+(?:el\s+(?:primer|segundo)|(?:el\s+)?otro)\s+caso|de\s+lo\s+contrario|para\s+la\s+(?:(?:siguiente|próxima|otra)\s+pregunta|pregunta\s+(?:siguiente|anterior))",
        "De lo contrario, la respuesta es {answer}.",
    ),
    (
        "pt",
        r"n(?:o\s+(?:primeiro|segundo|outro)|outro)\s+caso|caso\s+contrário|para\s+a\s+(?:próxima\s+(?:pergunta|questão)|(?:pergunta|questão)\s+(?:seguinte|anterior))",
        "No primeiro caso, a resposta é {answer}.",
    ),
    (
        "it",
        r"n(?:el\s+(?:primo|secondo)|ell['’]altro)\s+caso|altrimenti|per\s+la\s+(?:prossima\s+domanda|domanda\s+(?:successiva|precedente))",
        "Altrimenti la risposta è {answer}.",
    ),
    (
        "ru",
        r"во?\s+(?:первом|втором|другом|противном)\s+случае|иначе",
        "В первом случае ответ: {answer}.",
    ),
    ("ko", r"(?:이라면|라면|다면|이면)(?=[\s,])", "x가 짝수이면 정답은 {answer}입니다."),
    ("ar", r"إ(?:ذا|ن)\s+كانت?\s[^،,.]{2,60}", "إن كان ذلك صحيحا فالإجابة هي {answer}."),
)
# Verbs by which others say it or think it, whoever they are: they have a form that "I" does not.
_SAY: tuple[tuple[str, str, str], ...] = (
    ("ru", "говорит/говорят/сказал/сказала/утверждает/думает", "Мама {verb}, что ответ {answer}."),
    ("uk", "каже/кажуть/сказав/сказала/стверджує/вважає/думає", "Мама {verb}, що відповідь: {answer}."),
    ("nl", "zegt/zei/zeggen/zeiden/beweert/beweren/gelooft/meent", "Mijn moeder {verb} dat het antwoord is: {answer}."),
    ("pl", "mówi/mówią/powiedział/powiedziała/twierdzi/twierdzą/uważa/uważają", "Mama {verb}, że odpowiedź to {answer}."),
    ("cs", "říká/říkají/řekl/řekla/tvrdí/tvrdila", "Máma {verb}, že odpověď je {answer}."),
    ("sv", "säger/sade/påstår/påstod", "Min mamma {verb} att svaret är {answer}."),
    ("da", "siger/sagde/sier/hevder", "Min mor {verb}, at svaret er {answer}."),
    ("ro", "spune/spun/zice/zic/pretinde", "Mama {verb} că răspunsul este {answer}."),
    ("fi", "sanoo/sanovat/sanoi/väittää/uskoo", "Äitini {verb}, että vastaus on {answer}."),
    ("hu", "mondja/mondják/mondta/állítja", "Anyám azt {verb}, hogy a válasz {answer}."),
    ("el", "λέει/λένε/είπε/ισχυρίζεται/πιστεύει", "Η μητέρα μου {verb} ότι η απάντηση είναι {answer}."),
    ("he", "אומר/אומרת/אומרים/אמר/אמרה/טוען/טוענת", "אמא שלי {verb} שהתשובה היא {answer}."),
    ("id", "bilang/berkata/mengatakan/mengklaim", "Ibu saya {verb} jawabannya adalah {answer}."),
    ("sw", "anasema/wanasema/alisema/walisema/anadai/anafikiri/wanafikiri", "Mama {verb} jibu ni {answer}."),
    ("ar", "تقول/يقول/قالت/قال/يقولون/قالوا/تزعم/يزعم/يزعمون/تظن/يظن/تعتقد/يعتقد", "أمي {verb} إن الإجابة هي {answer}."),
)  # fmt: skip
EXAMPLES = (
    *((language, example) for language, _, example in _GOVERNS),
    *(
        (language, example.replace("{verb}", verb))
        for language, verbs, example in _SAY
        for verb in verbs.split("/")
    ),
)
"""Sentences that give an answer, but not as the writer's own, by language."""

# From there on no more than what announces the answer.
_UP_TO_IT = r"[,，、،]?\s*+[^,，、،.。;；:：!?\n]{0,40}[:：]?[\s*_$\\(\[]*+$"
_BUT = (
    r"(?:but|yet|however|though|aber|doch|jedoch|mais|pero|mas|porém|ma|però|но|однако|nhưng|لكن)"
)
_CONTRAST = regex.compile(
    rf"(?<!\w){_BUT}(?!\w)|但|可是|不过|实际|其实|しかし|だが|が、|ですが|하지만|그러나|지만",
    regex.IGNORECASE,
)
_WITH_SPACES = "|".join(
    pattern for language, pattern, _ in _GOVERNS if language == "ko" or language not in UNSPACED
)
_WITHOUT = "|".join(pattern for language, pattern, _ in _GOVERNS if language in UNSPACED)
_ATTRIBUTED = regex.compile(rf"(?<!\w)(?P<who>{_WITH_SPACES})(?!\w){_UP_TO_IT}", regex.IGNORECASE)
_ATTRIBUTED_UNSPACED = regex.compile(rf"(?P<who>{_WITHOUT}){_UP_TO_IT}")
_SAYING = frozenset(verb for _, verbs, _ in _SAY for verb in verbs.split("/"))
_SAID = regex.compile(
    rf"(?<!\w)(?P<who>{'|'.join(sorted(_SAYING))})(?!\w){_UP_TO_IT}", regex.IGNORECASE
)


def attributed(before: str) -> bool:
    """Whether what stands before an answer gives it as another's, or as that of something else.

    Example:
        >>> (
        ...     attributed("According to them, that is so. Laut Tom ist die "),
        ...     attributed("Laut Text ist die "),
        ... )
        (True, False)
        >>> attributed("Mama mówi, że jest ich "), attributed("Mówimy, że jest ich ")
        (True, False)
        >>> (
        ...     attributed("At first glance, the answer is "),
        ...     attributed("At first glance C, but it is "),
        ... )
        (True, False)
    """
    near = before[-NEAR:]
    found = _ATTRIBUTED.search(near)
    if found is None and not near.isascii():
        found = _ATTRIBUTED_UNSPACED.search(near)
    if found is None and not _SAYING.isdisjoint(_WORDS.sub(" ", near.casefold()).split()):
        found = _SAID.search(near)
    return found is not None and not _CONTRAST.search(found[0], found.end("who") - found.start())


_WORDS = regex.compile(r"[,:\u200c]")

# "Tom's answer", "the user's choice"; not "today's answer", "the question's answer".
_SOMEBODYS = regex.compile(
    r"(?:(?-i:\b(?!(?:It|That|What|Here|There|Let|Today|Question|Problem|Who|He|She|This|Passage|Author|Text)['’])\p{Lu}\p{Ll}+)"
    r"|\b(?:user|student|pupil|friend|neighbou?r|brother|sister|mother|father|classmate|colleague|opponent|textbook|somebody|someone|everybody|everyone|people|other)s?)"
    r"['’]s?\s+(?:(?:final|own|first|best|original)\s+){0,8}$|\b(?:their|his|her)\s+(?:(?:final|own|first|best|original)\s+){0,8}$",
    regex.IGNORECASE,
)


def somebodys(before: str) -> bool:
    """Whether the word for "answer" behind a text is that of somebody else's answer.

    Example:
        >>> somebodys("Tom's "), somebodys("Today's "), somebodys("My ")
        (True, False, False)
    """
    return _SOMEBODYS.search(before[-80:]) is not None


_SAYS = r"(?:say|says|said|claim|claims|claimed|think|thinks|thought|believes?|believed|guessed|insists?|insisted|told\s+me)"
_WHO = rf"(?:{_NAME}|they|he|she|people|everyone|everybody|others|some|many|my\s+\w+|the\s+(?:student|teacher|other|book|textbook|key|internet|forum|class)s?)"
_SAID_BEHIND = regex.compile(
    rf"[\s,;(\"'”’)–—-]++(?:or\s+)?(?:so\s+)?(?:{_WHO}\s+{_SAYS}|{_SAYS}\s+{_WHO})\b(?!\s+(?:that|so\s+too))[^.!?\n]{{0,30}}[\s.!)\"'”]*+(?:$|\n|(?<=[.!])\s)",
    regex.IGNORECASE,
)


def said_by_others(after: str) -> bool:
    """Whether what stands behind an answer says that others gave it: ", says Tom", ", they say".

    Example:
        >>> (
        ...     said_by_others(", says Tom."),
        ...     said_by_others(", as the passage says."),
        ...     said_by_others("."),
        ... )
        (True, False, False)
    """
    return _SAID_BEHIND.match(after) is not None
