BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'kiosk','workshops_and_responses','2026-11-22 22:28:37.626582+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'kiosk','the_facilitators_day','2026-11-22 22:28:37.628886+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'kiosk','sending','2026-11-22 22:28:37.633863+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'kiosk','paper','2026-11-22 22:28:37.651024+00:00');
CREATE TABLE acknowledged (
            digest BLOB PRIMARY KEY, workshop TEXT NOT NULL
        ) WITHOUT ROWID;
INSERT INTO "acknowledged" VALUES(X'250240F3E9F78EA2A8372B1E332B1320','ae08de08640c472b');
INSERT INTO "acknowledged" VALUES(X'2AF94DCD0FE3F10A272CACBF143DE7CA','781bbb99687a6eb7');
INSERT INTO "acknowledged" VALUES(X'B9E5F4DBC1CDAF52EF2D3DB066B1DF2F','ae08de08640c472b');
INSERT INTO "acknowledged" VALUES(X'D377F864974879FE7BA0FA872D267799','ae08de08640c472b');
INSERT INTO "acknowledged" VALUES(X'FFDC2089E7406E8023F7840B99AD57D2','781bbb99687a6eb7');
CREATE TABLE arrivals (
            bundle TEXT PRIMARY KEY, workshop TEXT NOT NULL, day TEXT NOT NULL
        ) WITHOUT ROWID;
CREATE TABLE responses (
            key BLOB PRIMARY KEY, workshop TEXT NOT NULL, envelope BLOB NOT NULL
        ) WITHOUT ROWID;
INSERT INTO "responses" VALUES(X'02AAE3A01F427437C016DBFB6B17B079','ae08de08640c472b',X'6167652D656E6372797074696F6E2E6F72672F76310A2D3E205832353531392035353774346E362B3636654930687A686F43596F527544686D5553675A4959485959387A57516F467741450A726E356A566573542B704138412F6D4C5443445361485933744A4D65396377694B314A6835393967544A550A2D3E202B3F6A474C71792D67726561736520290A306B4F743338393269645644452B474A6241424E58552F30353936364C6C66653366617665544A67773442674E67494C416D6B624E7332695A766B506A7A38370A55726E617351363045376757583252396F43383768576D6C4F446664583277337542447279445A43504A644E355547550A2D2D2D206D32436B624B6565386C4479526130534F34486D35494237684D6C39667A4C67533252554F457837524E6F0A84F1D400F7F3F8D2BEB205FB666D12ED30EDD89359A192A33DA2AE3B0AEAC46E776C61E16D44DFC0339B09275380A8079F4F1FA370E6B8F3F676D22D050D2378EA3533F3C0D9D253037DB3517663621516FC99DF782F271DBF680BF1EB374913F51A7383AB56BEAC9CCACDBCB8B13A0BA03D31EF030764F566822B941E391D3194566D7F69BF49DE86324099460EC51435DFEFCB11CA592B021EE1769884B2F9BA839F8007E0D73EB785C1ABF54CAF3E93D372CE79860975486BA145BBF3754B6FEA782EC31BD6353F81E33C36A5C2732B6F7E3168CA4A38C471FF72FD7A5CB6A8804347822C3F2A10B602C6A3BBD0F5734BEE56958E256EC6208244A30BEAA41C121AAEEECED507D89CE07413C2F42F46F107DA59E3484B2104FC5A7853C18B4543827986EFAF7CE39CBBFDE26A41929D5411EA2E75A2ABE2304D0849FBCD1CACFA3914E3A24C68E8B5C5A2D482E52E2FB31E18116B2624C1673AFD092E52B7A0D83FF398FAF03CBCD2948FB4B17A94E3A53BEE9473A8BD67F82E84C72AF0CA898832859D95D81C02AA4AE769323AAFFA219A0F3A1E1195D9751803B44AC2172194F48B0EC5E3010BC5B5D2EECB2EF646D8DD701F7321A00321E809744B00FF4020B14E18688C4DC2F1D4279F35AC0E736D02BD4027A7A5C4B3828916787FA43394EBC74BF4505BEA4D06CBB68237A29C029D3EF5E1582B69752847038150CC5989F96FE4AC463778B0883D218C6848C5753F871028BEB1979A1EFAEB763298A1C7BC5F84BE378609F08A067F3F136C67C0EC1D679C9135E5E0DBF074A75F6350DC3CDE976DD1399CB49E8FA6A304B9DD5C1B48B8C962C4FE725343924C0AE5D74F110EF874708B579F2D0EBDA3A370183AC4EE720DF01B064E5ED3FA71A362AE2BC0FF5BA828CD2A7313D8C497A3A022FACE1279F7D2E68095F96ACA0F8A1556C8C0DFCAA70C29E9FD8525E90FF1452D31ED3BC4F4227BF45B9387C696D70C0C6B463E48753AB9F4684F4A21136A4E631C6730F06C47AA036D7A5B2EC9CCC8FB0F782D9978067F6FA0A155396159D818B41CFA9AF05E1FD69471CCF3FEE3E04A58CD578CEEF3DE406C0D668D22F34020CBE8EEA40089C8FB315C0CA443AC82F4412FC2C8C4088EB2742F769FC958BEFEEE84406FECBF343C4DDC15C1A007F03063CEC557212739453A4FBCAD3BA11EC835E22AA455C587DF1DCD47BC3E05A240957AB95AAE739382E487C46673C5D7A6602272CEF841810C1801E87143AB045D90DD1641F7B01E5CA5BE6B634D72887C13FB72BB53EE608C45B47FA8D4079A184239056BA3183658A4D2E808416677F4F32A6D3D486C9C2A865E543D77C5E98CF9CAEC5D3065BEA3F8E1A16BC9137C8FEE26AC2C72B8469AE53969C16A42AD7D31803AA431AB9B515C1E5C8D15F9B1EDE75A45CE8D26B17CD39EEA84A818790DA19AB2C610CDE7FC4078E87D7C6312B172AFA2330578069A9659815B015A1D');
INSERT INTO "responses" VALUES(X'22A629C96A8058F7F7987FAC920E221C','ae08de08640c472b',X'6167652D656E6372797074696F6E2E6F72672F76310A2D3E2058323535313920506C7175494D724F6246494E31525A635A6976732F6D6D5732644A362F774D51584C4474593956694445450A5A5678497A6B70303336673431707238466761794E53464E5655337332394C4B4A546134546A6668774D6F0A2D3E206A5439672D677265617365204344204320744066512B282033716C76583C0A4644392B333258525074737835624A3533494B5074766F4567737377315663625755354657486F5547413145674F6A324C386D4753755A6166354E424847716D0A3148384D69766533416242714A37494D77535479427465686C782F595351696A6F69300A2D2D2D204A4E435330474779656C596839724B744348796C54655773652F5546795A2F326E584B6578544648764A550AA617B652F5448FA09CBC6795C68F8F70B0A0D5BE1CA633FBED6E04723EABE1081AFCFAF350614A1CDC7AC92ADB26BFBF8C98B2C773E712BFF0166BC97EF219CC0A6ACA19D9E7067003C4172FCB43040EF4D428101384738CB7237E9A021D4784FA1197741794E0C86C4724B8496A927C2D3A788C1C0D57B0A95CE3A97E1A6213172E8B0E04594211A57AAA99B1FDB6E8BEB6DA9A32D9AACA1D49A5E3D1E0790A4097E1106FA54E16C5AA0986FE28071FD8581885634F5F511B88F90FFD7B63E49E82AD40569D10CB056B464BD4DFF9F4478D6EEF9304255823BF6498E15514A9A77682D43BECFF3753FA68F38C3801660960A719EB123C5E59DAC6B4364E3081EB626D729B429B5C84E78FEF51EB21B74E101245C1059DAECB46E17F040A04B0EC72DB566DA352B27511C0349613193F08649AD1AEB3127861BFE989533D10C0F2ECA25B4E6C46F7C1ED899C06782569391D3ED37F46862FD23377EACAF2DFAD581B706288263A2B9E218F2C377EAAD780FF5C389868442DF45BFF50A94CD4D0A5B028F41945C9B5E1128CB1BA506E3CD8C2D0BF4D75BDCF01F532E525C3A568E372C6C97DAF5BC1E80F5ACB3BE8559F6B41A234F662434DC5639B9DD35B1239428BF354131CE495EEFBBAED9142E17071D849AA61CB3002E259056A3746CF451FF1A9D3D7C7901A9959813676E5A45AC38D692EBE86A3183E93CE3C570163069F7644C4ED00A7414EAF8FAE234C3D9B44959D5884FE81BFA891B21E5842809AD21F4A7DB64224E6A31EE2E37EC073DE61583E7FDAF83DA4BCFF797FCCAA7B2CDCFB3CB33F6EE21BCF7FAF4A981E9336FDA25ACA68363F507D1DF6D2A38D8870BD37CF8AE2A8E97939BCF14D3FEDE2B7BC3EDCB82CB1B24F699F0BC5276EEF53B17B4811D3DB79927C9D7ADE17AE547769745C4C916823AE3E71BC5CB9D4F232D8CA4EDEC0273A3C354DCABD5A75ECBAE4A576D81942FBD9C5947672184DF673066C4CB3990BAFE14D691F03A5549EFC70703E13D8E4EC2A2C55FDF3E4304331685C42B7D9599B2A563AA690476EF1442B8E26C7201C4ED222AF436E5AECE3BEB5DF8C65C63079ABC3D7A0B480BCC9CC4E18F39103604AA62D349987835A2A787B5C2493B857AC2CC480F61A39E7D0EEE7D5DD9387E525A8E792821E6BF8EA716805990372CC9EC61BF5FA0CC4D1CF035E27C0B3F5E0B70AC23AFCC74169B2BA89A5828DBA1A874D367CA385783755EC345C10ADC9FDEB8087A04F46C7C49AE2AAF3A0CEE6DA0DC125B1AB60CFAAD6439B0A2C873D9F7DA68A6487DB5E67696EA2BF795318132FA9A469067D5FFCF51B1CD4094B14283D42B5587FAC54E804B04FBC264040B46DCFA56B0995371C47AFB1CB6A0B2FE8E8B69471292C6DF0D8BB9F62AAB1BB43B37DFDD536E2B59CF448F7BE748635F161562A57A0A30C84D32A0DCEAE47DC55043FE2C5A07FC03F712020981AA03C3CAF5FDCCECB476CB4131A');
INSERT INTO "responses" VALUES(X'A4E387831404D1EEFC59CDACAB4228D8','ae08de08640c472b',X'6167652D656E6372797074696F6E2E6F72672F76310A2D3E20583235353139204D34324876376464556D7952514F6578314B326155394A547738484C492F646F64756F3750366C576542510A6175426D50327A7644354D4E7857584A744245452F356749574274365A3655333557386A5339504F3165490A2D3E206B7E284E3968452D677265617365203C3172595465203463534346203E6554753724726220522C31502E3E484A0A2F4D3141614F742F745952634148795359625477574C73446969314F727739473436582F4C6F544A74567151614E73437A654F515977300A2D2D2D207074795A316B57306E556543467A46477933454E30457A79547A53686E6C3636343243362B724C67554A630A86EAFC8552406C96A63C51167C8B85A11999106E51638D16D7D5DA42A09425F3F5FC9DA6AF4A1717AA6C98751F3C450D74955E4F8B1E6E3DF679ADAAA4D247C169CE320DBB903B92817B0C5071504004AFDEAA6D1F821BF30C5CD5C8FAAADC6739233A89B664B5E5DA1B023E92687322D40D6AD44B442EDF209861FC826EDB52C868FBE0576098F11F818364C3790BA8E7EE9116B2BF2FE8CFDFA830C73BBB05EEC804EC0C2E82C8A5E9ED9441DBFBEDDE7F720AE1E69642B50FD60C453B2A9C048EE4ECD48B790156AFBB985995DBDE81E366F398461DEA37253AE7C172012C0713E4F5893E08967D3442C1AD7FCE859F6FF2D47499CF2701977B60FDBD61FB70BACA802E638238D90465324EA9AD109ECC358C4E0E1E0B934CA870D6CAB4D2C128683D4102C952B8AC5F2FB593E23778178DA4902AF177DD3065D6C3A15E7D2FE8F69EF5F81C7D121BFDDE891DDE7BF340AED096320C557518E1CB82DCEB84B020F84A05C371066C9DA66EB4DB1A6CE04FB8ACE7B70B1C41373790F8AF37AAE61B6A8146511C699614F7D089D4D26BC39E8861B3AC39851BD3D7C7A454246D59FC2B1BF6CA6E441AFABF8577A78B14AFCD4BB832533FAAE017EC9F18B0695B9D94E548BDF1116AD7BB21B6827FF562A14376D1655D79A894AE7385C17EE537F742A55DAF857C0E03162855F41E2DE7B98ECD569CDC7941CA74CDEB045DC3912D552C54D3BEA395619C3BE68938FBDC591C6DFC9D76507F75399394CF9AC21AAF6D3AF601000F6185E870C25161EDD2671B06D8F3D152455B0BF15ABA7AFF6D1A60AE44F8131CDD06BBAC73C12917B4C8F1C77F91748D15D45186A01CC5786B82D48CB4CCCA5D1F0978A631C9E4C974AA62328DABDAD51E822F00BAFBE91CF8D82F0A2C8209DE741B5B4B12846330E4D2F364F842875ED06BB19D08123F15CF64C2E62817195CEB3B54E0AB1A2435379B0B2B9C28D6B0210A44C3E947079765ECED49AB5181CB4A2410FB54066B2EA74BBA4997C8DFF78928E16CFE0CB3297615289986840087CD270E7F9059260AE786EFE9202FEC151C5D9076E1DE3C69345F3D974510794B0D4C63830F3D9283D0AFD586FAC2458FF449BA473BD7FCC4654450195BB4FCFD42E41DBADFC08953AED96AF256DFE27C6BC81091359941579EA4AAD21F838831676A8BEFC41551E2871D0F661C0A3FCEE68C55123D34F93D75E53CDA7625D4987A205E5969B841B9BFD0E58A94CBEF23E5BFFEE4F0D4F30FD5179B52676B129A34D0C84175AF020CA97D3C90D4EF9FA39D8F64B41BB4BE56CB54BD2385BDA26B2A6BD0A2FBEE26A4C63DE9C076B84A7C618417A4C5C3812E3B4E1C87EA73799B0CA016F7FAB1B88318484E983E77C47395DF6A0AFE83DF26C65E24572356768CFE0ACDC726CA9080489B939715C179759130220D9456D2660933F6BA937120455F2020200D2CC345A10AD218D900AEB16EBD85D03C7860358B');
CREATE TABLE self_reports (
            workshop TEXT NOT NULL, form TEXT NOT NULL, form_file TEXT NOT NULL,
            language TEXT NOT NULL, answers TEXT NOT NULL, finished INTEGER NOT NULL,
            PRIMARY KEY (workshop, form)
        ) WITHOUT ROWID;
INSERT INTO "self_reports" VALUES('ae08de08640c472b','planning','# The facilitator''s form before a workshop: what is planned, with whom and for whom.
# One line a language. It is not anonymous, and it is about the workshop, never about a person.
# A changed text is a new version: please count `version` up.
id = "planning"
version = "1"
audience = "facilitator"
phase = "before"

# How far each translation has come: source, machine-draft, translated, reviewed, adjudicated, pretested.
[translation]
en = "source"
nb = "machine-draft"
da = "machine-draft"
nl = "machine-draft"
fr = "machine-draft"

[title]
en = "Planning the workshop"
nb = "Planen for workshopen"
da = "Planen for workshoppen"
nl = "Het plan voor de workshop"
fr = "Préparer l’atelier"

[intro]
en = "Here you tell the researchers what you plan, so that they can see what makes a workshop work. You can save now and finish later."
nb = "Her forteller du forskerne hva dere planlegger, så de kan se hva som får en workshop til å fungere. Du kan lagre nå og fortsette senere."
da = "Her fortæller du forskerne, hvad I planlægger, så de kan se, hvad der får en workshop til at fungere. Du kan gemme nu og fortsætte senere."
nl = "Hier vertelt u de onderzoekers wat u van plan bent, zodat ze kunnen zien wat een workshop doet slagen. U kunt nu bewaren en later verdergaan."
fr = "Ici, vous expliquez à l’équipe de recherche ce que vous prévoyez, pour qu’elle comprenne ce qui fait réussir un atelier. Vous pouvez enregistrer maintenant et terminer plus tard."

# The five faces of p6_level, the hard end first.
[scale]
id = "hard-easy-5"
order = "asc"

[[scale.option]]
value = 1
[scale.option.label]
en = "Very hard"
nb = "Veldig vanskelig"
da = "Meget svært"
nl = "Heel moeilijk"
fr = "Très difficile"

[[scale.option]]
value = 2
[scale.option.label]
en = "Hard"
nb = "Vanskelig"
da = "Svært"
nl = "Moeilijk"
fr = "Difficile"

[[scale.option]]
value = 3
[scale.option.label]
en = "In between"
nb = "Midt imellom"
da = "Midt imellem"
nl = "Tussenin"
fr = "Entre les deux"

[[scale.option]]
value = 4
[scale.option.label]
en = "Easy"
nb = "Lett"
da = "Let"
nl = "Gemakkelijk"
fr = "Facile"

[[scale.option]]
value = 5
[scale.option.label]
en = "Very easy"
nb = "Veldig lett"
da = "Meget let"
nl = "Heel gemakkelijk"
fr = "Très facile"

[[item]]
id = "p1"
kind = "several"
[item.text]
en = "Which groups do you want to reach?"
nb = "Hvilke grupper ønsker dere å nå?"
da = "Hvilke grupper vil I gerne nå?"
nl = "Welke groepen wilt u bereiken?"
fr = "Quels publics souhaitez-vous toucher ?"

[[item.option]]
value = 1
[item.option.label]
en = "Refugees"
nb = "Flyktninger"
da = "Flygtninge"
nl = "Vluchtelingen"
fr = "Personnes réfugiées"

[[item.option]]
value = 2
[item.option.label]
en = "Other immigrants"
nb = "Andre innvandrere"
da = "Andre indvandrere"
nl = "Andere migranten"
fr = "Autres personnes immigrées"

[[item.option]]
value = 3
[item.option.label]
en = "Senior citizens"
nb = "Eldre"
da = "Ældre"
nl = "Senioren"
fr = "Seniors"

[[item.option]]
value = 4
[item.option.label]
en = "Young adults outside education and work"
nb = "Unge voksne utenfor utdanning og arbeid"
da = "Unge voksne uden for uddannelse og arbejde"
nl = "Jongvolwassenen die niet werken of studeren"
fr = "Jeunes adultes ni en emploi ni en formation"

[[item.option]]
value = 5
[item.option.label]
en = "Other groups"
nb = "Andre grupper"
da = "Andre grupper"
nl = "Andere groepen"
fr = "Autres publics"

[[item]]
id = "p2"
kind = "grid"
[item.text]
en = "Which local partners take part, and in what?"
nb = "Hvilke lokale partnere er med, og hva er de med på?"
da = "Hvilke lokale partnere er med, og hvad er de med til?"
nl = "Welke lokale partners doen mee, en waaraan?"
fr = "Quels partenaires locaux participent, et à quoi ?"

[[item.row]]
id = "ngo"
[item.row.label]
en = "Voluntary organisation"
nb = "Frivillig organisasjon"
da = "Frivillig organisation"
nl = "Vrijwilligersorganisatie"
fr = "Association"

[[item.row]]
id = "school"
[item.row.label]
en = "School or other education"
nb = "Skole eller annen opplæring"
da = "Skole eller anden uddannelse"
nl = "School of andere opleiding"
fr = "École ou autre formation"

[[item.row]]
id = "municipality"
[item.row.label]
en = "Municipality or integration office"
nb = "Kommune eller integreringstjeneste"
da = "Kommune eller integrationskontor"
nl = "Gemeente of integratiedienst"
fr = "Commune ou service d’intégration"

[[item.row]]
id = "culture"
[item.row.label]
en = "Cultural institution"
nb = "Kulturinstitusjon"
da = "Kulturinstitution"
nl = "Culturele instelling"
fr = "Institution culturelle"

[[item.row]]
id = "other"
[item.row.label]
en = "Another partner"
nb = "Annen partner"
da = "Anden partner"
nl = "Andere partner"
fr = "Autre partenaire"

[[item.option]]
value = 1
[item.option.label]
en = "Recruiting participants"
nb = "Rekruttere deltakere"
da = "Rekruttere deltagere"
nl = "Deelnemers werven"
fr = "Faire venir le public"

[[item.option]]
value = 2
[item.option.label]
en = "Planning the content"
nb = "Planlegge innholdet"
da = "Planlægge indholdet"
nl = "De inhoud voorbereiden"
fr = "Préparer le contenu"

[[item.option]]
value = 3
[item.option.label]
en = "Running the workshop"
nb = "Gjennomføre workshopen"
da = "Gennemføre workshoppen"
nl = "De workshop geven"
fr = "Animer l’atelier"

[[item.option]]
value = 4
[item.option.label]
en = "Several of these"
nb = "Flere av disse"
da = "Flere af disse"
nl = "Meer dan één hiervan"
fr = "Plusieurs de ces tâches"

[[item.option]]
value = 5
[item.option.label]
en = "Not taking part"
nb = "Er ikke med"
da = "Er ikke med"
nl = "Doet niet mee"
fr = "Ne participe pas"

[[item]]
id = "p3"
kind = "choice"
[item.text]
en = "Who decided the topic?"
nb = "Hvem bestemte temaet?"
da = "Hvem bestemte emnet?"
nl = "Wie heeft het onderwerp gekozen?"
fr = "Qui a choisi le thème ?"

[[item.option]]
value = 1
[item.option.label]
en = "We who work here"
nb = "Vi som jobber her"
da = "Os, der arbejder her"
nl = "Wij, de medewerkers"
fr = "Notre équipe"

[[item.option]]
value = 2
[item.option.label]
en = "Our partners"
nb = "Partnerne våre"
da = "Vores partnere"
nl = "Onze partners"
fr = "Nos partenaires"

[[item.option]]
value = 3
[item.option.label]
en = "The participants"
nb = "Deltakerne"
da = "Deltagerne"
nl = "De deelnemers"
fr = "Les personnes qui participent"

[[item.option]]
value = 4
[item.option.label]
en = "All of us together"
nb = "Alle sammen i fellesskap"
da = "Alle i fællesskab"
nl = "Iedereen samen"
fr = "Tout le monde ensemble"

[[item]]
id = "p4"
kind = "several"
[item.text]
en = "How do you invite people?"
nb = "Hvordan inviterer dere folk?"
da = "Hvordan inviterer I folk?"
nl = "Hoe nodigt u mensen uit?"
fr = "Comment invitez-vous les gens ?"

[[item.option]]
value = 1
[item.option.label]
en = "Personally, by someone they know"
nb = "Personlig, av noen de kjenner"
da = "Personligt, af nogen, de kender"
nl = "Persoonlijk, via iemand die ze kennen"
fr = "Personnellement, par quelqu’un qu’ils connaissent"

[[item.option]]
value = 2
[item.option.label]
en = "Through a partner’s group"
nb = "Via en gruppe hos en partner"
da = "Via en gruppe hos en partner"
nl = "Via een groep van een partner"
fr = "Par le groupe d’un partenaire"

[[item.option]]
value = 3
[item.option.label]
en = "With a poster or flyer"
nb = "Med plakat eller flyer"
da = "Med plakat eller flyer"
nl = "Met een affiche of flyer"
fr = "Par une affiche ou un dépliant"

[[item.option]]
value = 4
[item.option.label]
en = "Online"
nb = "På nettet"
da = "På nettet"
nl = "Online"
fr = "En ligne"

[[item.option]]
value = 5
[item.option.label]
en = "In another way"
nb = "På en annen måte"
da = "På en anden måde"
nl = "Op een andere manier"
fr = "Autrement"

[[item]]
id = "p5"
kind = "number"
max = 1000
[item.text]
en = "How many participants do you expect?"
nb = "Hvor mange deltakere regner dere med?"
da = "Hvor mange deltagere regner I med?"
nl = "Hoeveel deelnemers verwacht u?"
fr = "Combien de personnes attendez-vous ?"
[item.hint]
en = "Leave it empty if you cannot say."
nb = "La feltet stå tomt hvis du ikke vet det."
da = "Lad feltet stå tomt, hvis du ikke ved det."
nl = "Laat dit leeg als u het niet kunt zeggen."
fr = "Laissez vide si vous ne savez pas."

[[item]]
id = "p6"
kind = "text"
[item.text]
en = "Which digital tool will you use?"
nb = "Hvilket digitalt verktøy skal dere bruke?"
da = "Hvilket digitalt værktøj vil I bruge?"
nl = "Welke digitale tool gaat u gebruiken?"
fr = "Quel outil numérique allez-vous utiliser ?"

[[item]]
id = "p6_level"
kind = "smiley"
[item.text]
en = "How easy is this tool for beginners?"
nb = "Hvor lett er verktøyet for nybegynnere?"
da = "Hvor let er værktøjet for begyndere?"
nl = "Hoe gemakkelijk is deze tool voor beginners?"
fr = "Cet outil est-il facile quand on débute ?"

[[item]]
id = "p7"
kind = "choice"
[item.text]
en = "What is your most important social aim?"
nb = "Hva er det viktigste sosiale målet deres?"
da = "Hvad er jeres vigtigste sociale mål?"
nl = "Wat is uw belangrijkste sociale doel?"
fr = "Quel est votre principal objectif sur le plan social ?"

[[item.option]]
value = 1
[item.option.label]
en = "Bring people who already know each other closer together"
nb = "Styrke båndene mellom folk som kjenner hverandre fra før"
da = "Styrke båndene mellem folk, der kender hinanden i forvejen"
nl = "De band versterken tussen mensen die elkaar al kennen"
fr = "Renforcer les liens entre des personnes qui se connaissent déjà"

[[item.option]]
value = 2
[item.option.label]
en = "Bring people together who do not know each other"
nb = "Skape kontakt mellom folk som ikke kjenner hverandre"
da = "Skabe kontakt mellem folk, der ikke kender hinanden"
nl = "Mensen die elkaar niet kennen, met elkaar in contact brengen"
fr = "Faire se rencontrer des personnes qui ne se connaissent pas"

[[item.option]]
value = 3
[item.option.label]
en = "Bring people and the library closer together"
nb = "Knytte folk og biblioteket tettere sammen"
da = "Knytte folk og biblioteket tættere sammen"
nl = "Mensen en de bibliotheek dichter bij elkaar brengen"
fr = "Rapprocher les gens et la bibliothèque"

[[item.option]]
value = 4
[item.option.label]
en = "No social aim this time"
nb = "Ikke noe sosialt mål denne gangen"
da = "Ikke noget socialt mål denne gang"
nl = "Deze keer geen sociaal doel"
fr = "Pas d’objectif de ce type cette fois"

[[item]]
id = "p8"
kind = "text"
[item.text]
en = "What worries you most?"
nb = "Hva er du mest bekymret for?"
da = "Hvad bekymrer dig mest?"
nl = "Waarover maakt u zich de meeste zorgen?"
fr = "Qu’est-ce qui vous inquiète le plus ?"
','en','{"p6": "We drew."}',1);
CREATE TABLE sendings (
            bundle TEXT NOT NULL, target TEXT NOT NULL, workshop TEXT NOT NULL,
            name TEXT NOT NULL, proof TEXT NOT NULL, PRIMARY KEY (bundle, target)
        ) WITHOUT ROWID;
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "settings" VALUES('session_secret','095e7c5b87747c88322842444866ae3dfc4b9974c10502a1280434e6963c97a5');
INSERT INTO "settings" VALUES('wifi_name','Library');
CREATE TABLE tickets (
            digest BLOB PRIMARY KEY, workshop TEXT NOT NULL, used INTEGER NOT NULL DEFAULT 0
        ) WITHOUT ROWID;
CREATE TABLE workshops (
            id TEXT PRIMARY KEY, code TEXT UNIQUE NOT NULL, state TEXT NOT NULL,
            study TEXT NOT NULL, survey TEXT NOT NULL, survey_file TEXT NOT NULL,
            title TEXT NOT NULL, site TEXT NOT NULL, tool TEXT NOT NULL, languages TEXT NOT NULL,
            opened_on TEXT NOT NULL, salt BLOB NOT NULL, headcount INTEGER, bundle TEXT,
            complete INTEGER NOT NULL DEFAULT 0, partial INTEGER NOT NULL DEFAULT 0,
            under_half INTEGER NOT NULL DEFAULT 0, declined INTEGER NOT NULL DEFAULT 0,
            timed_out INTEGER NOT NULL DEFAULT 0
        , ends_at TEXT NOT NULL DEFAULT '', idle_minutes INTEGER NOT NULL DEFAULT 3, tickets INTEGER NOT NULL DEFAULT 0, screen_key TEXT NOT NULL DEFAULT '', exit_code TEXT NOT NULL DEFAULT '', printed_address TEXT NOT NULL DEFAULT '', said_no INTEGER, left_early INTEGER, edition INTEGER NOT NULL DEFAULT 0, changed INTEGER NOT NULL DEFAULT 0, paper INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
INSERT INTO "workshops" VALUES('781bbb99687a6eb7','mh9nm','closed','id = "small"
title = "A small study"
organisation = "The University"
contact = "ask@example.org"
[[recipient]]
role = "main"
key = "age1tjyjtv4remq9g7v8u6zjnp5wtat29m85g4ng2s7xwjmjfdu223eqjjffsh"
','small','id = "small"
version = "1"
translation.en = "source"
title.en = "A small survey"
tool.en = "the tool"
practice.text.en = "I like tea."
thanks.title.en = "Thank you!"
thanks.text.en = "It helps."
[[consent]]
id = "free"
icon = "choose"
text.en = "You choose."
[scale]
id = "five"
[[scale.option]]
value = 1
label.en = "x"
[[scale.option]]
value = 2
label.en = "xx"
[[scale.option]]
value = 3
label.en = "xxx"
[[scale.option]]
value = 4
label.en = "xxxx"
[[scale.option]]
value = 5
label.en = "xxxxx"

[[missing]]
value = 97
label.en = "Does not fit"
[[missing]]
value = 98
label.en = "No answer"
[[item]]
id = "q01"
text.en = "I liked it."
','Monday','The library','','["en"]','2026-11-22',X'08124209ED140862BE450F19540CD149',NULL,'small-105101499ff8ba741e4150542936d5bf.bundle.zip',2,0,0,0,0,'2026-11-23T10:28',3,0,'ou8l2VcOBcYcVGKi-wOmUQ','1601','',NULL,NULL,1,0,0);
INSERT INTO "workshops" VALUES('ae08de08640c472b','y49kf','open','id = "small"
title = "A small study"
organisation = "The University"
contact = "ask@example.org"
[[recipient]]
role = "main"
key = "age1tjyjtv4remq9g7v8u6zjnp5wtat29m85g4ng2s7xwjmjfdu223eqjjffsh"
','small','id = "small"
version = "1"
translation.en = "source"
title.en = "A small survey"
tool.en = "the tool"
practice.text.en = "I like tea."
thanks.title.en = "Thank you!"
thanks.text.en = "It helps."
[[consent]]
id = "free"
icon = "choose"
text.en = "You choose."
[scale]
id = "five"
[[scale.option]]
value = 1
label.en = "x"
[[scale.option]]
value = 2
label.en = "xx"
[[scale.option]]
value = 3
label.en = "xxx"
[[scale.option]]
value = 4
label.en = "xxxx"
[[scale.option]]
value = 5
label.en = "xxxxx"

[[missing]]
value = 97
label.en = "Does not fit"
[[missing]]
value = 98
label.en = "No answer"
[[item]]
id = "q01"
text.en = "I liked it."
','Tuesday','The library','','["en"]','2026-11-22',X'C09C9F1614B58D23EDC0EBBDBACDE7B7',NULL,NULL,3,0,0,0,0,'2026-11-23T10:28',3,0,'V7Js1aIaOWmvN-sv4oRQeQ','8384','',NULL,NULL,0,5,0);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
COMMIT;
