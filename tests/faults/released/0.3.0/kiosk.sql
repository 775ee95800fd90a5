BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'kiosk','workshops_and_responses','2026-11-22 22:28:04.881010+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'kiosk','the_facilitators_day','2026-11-22 22:28:04.895544+00:00');
CREATE TABLE acknowledged (
            digest BLOB PRIMARY KEY, workshop TEXT NOT NULL
        ) WITHOUT ROWID;
INSERT INTO "acknowledged" VALUES(X'07E19CCB12A79E6AA9D6557FDEC1143A','996e9024cbb9750d');
INSERT INTO "acknowledged" VALUES(X'16EA514DDC31B964E363C0902A1B032F','9fcc1bbc53ffabbd');
INSERT INTO "acknowledged" VALUES(X'5997F94E6D25E2D3E8509C517BC5BA5A','996e9024cbb9750d');
INSERT INTO "acknowledged" VALUES(X'6DAC26F759EB96347B0186840D684E00','996e9024cbb9750d');
INSERT INTO "acknowledged" VALUES(X'EDABD004EE4B476E1FC91097FE828ED9','9fcc1bbc53ffabbd');
CREATE TABLE responses (
            key BLOB PRIMARY KEY, workshop TEXT NOT NULL, envelope BLOB NOT NULL
        ) WITHOUT ROWID;
INSERT INTO "responses" VALUES(X'0CB3F54B22D815E1EC3052A0E743663D','996e9024cbb9750d',X'6167652D656E6372797074696F6E2E6F72672F76310A2D3E205832353531392075524E6266694E30773464387774692F477847776D5339544536447A55374E343652413858786D345942340A2F4B6E455543764E3775786D57585354584D556243666668614E6C395A5A785272745238716F33336A46670A2D3E205C3C776227352D67726561736520477C51202A0A364250537A386F5656584235664A2B63374D6E357054765167316F48474D595A782B4B763437516E4139734878536A4750697037634752595A4870784E7164410A303744332F356B767A372B7056770A2D2D2D207953366D36597445616B502F6F6F4D2F524D5563786E7134557A76482B74666E6A3446385271494F2F336F0ADC7D9CC23585255B914D77B1F0B7CE826D0320D4B47C8AD954ED99BDA3ECC705DE572C3ABB6C350BDD8A80747FA52F119D96A844DB8A46257256F17DCF7C51C8FA30F6D8F2B4E6E88006190109542A26C9334548FA744A0ADCF229179BB7E22EC5DCE0E159F1BE847D78BBC7BA38B73E3036220674C991E1858303BFEDABC3D878CBDC98D9544C080D6F08CB89D20179081CABD56E922472892734A600A431D03B221F2D3AA58105E98F58ABEA7234CE2F9F8553B04380E8C0FD6C569AE2888096CDE11D14805776019002FB041D3E03B2F07198F1121F900337540BE8753E8FE23BC0F89DBEC735220AEF6C93C3945FEAED6D0B3B91E0EB98F7D98264F455EBF5994DB277B31CFC9A88537391A8DC31B3859695B67BCA4ADB15C4A01BB2032D41B86194BD2128E0776BEE6EB09D99D4BE1E6A840B90BBDC573425B46355337EECEF0113DA27737C09E06578EE2D8929A09DBB573000543A38FA749D134CA9D8291DDAEC7344733DB79CDA71981EDD3EB06810923D4036B1B7C4F2D0D19F1EFA5BA0B3856100BBC3947C12DCCCA11AE3376FE52BBD85A1617A27252254D20C4A94B224A540EF117042B3B6703FA3676F10A0232D5CD31D76B4EEE31BE4997CD58713AD4086D555C699C03B0B40377AF13E951EF64DA6D05820E9F673F31B473C49BAA1D4640D3C23DF7842A52F812BD7AD19D1C28188A5595A50D7D3661BB1111D138BE60F8CC002EA477ABF746183398C91A6F309C88BF21DF26DD20C4C2D011A4F36725E8E2B5B9C11EF917407824E24D3B862E29300E9D206F52D1366FD03CD5E92403E57F2BECD9AA4EB60C7C84D29A2281C12D031905D4805EA0644E67F2B06E9337360E3E46F009827E50C9F713C26FDF6B23F7C31AAD09D7DADA98CC11D6586F1BB523D141AA588147F083C588F1E8A1F45951D7636C03480E9582AC2E2DFDC0963509B13E8C45EDEB877A8A900CC2B2E6763B600ED07539FDEF855CADA527A090372799603A723F456D4C9A10B9F31AB6A65BA13D5A14E4A2C999EF7B17DBC561E185C868FFBFC536D7D2675F10CC8DB9740A916DF279F950A127DEA40FCBAF4A8EC1806BB53BB4378402D6F19B73751F61DC3F02791731DCFF27DC6C48C675BA584ED69468ED38AE4F4A88D69E847B18C18A9763A2698B510C25E55F8AF3545302596AAAB681570E542383F934BAF04DDDCF79D2A54BD33A78660EE190582A8EF1206F73EE07462794DC832089A4A2675AAD5C7FB95CFBC95D4E1D649DB0C99A1B3EFE766D4988C536CC20C486B1F7B5A35CFCB632F82CE053B508D8030F2FCB5ED87CB8CA8D1D4CF84AACC568F1A66A23F4AD324EBAA0BBE89C1C5FED885B7C08EBE926779437C26E659579D0006CEB9C3AAEBD7AF98B43ACC2C2B963B5B90B1127CC150D4F39EE131D25DFDF5D7ECF00BC9969D6940CBA817B180CFD2FD33D3A5C996124C3ABC88CB9A7B4AE943C35DF1344169B57F9E45D7FC82');
INSERT INTO "responses" VALUES(X'539C01492E34A03E3258DFA19041DC4B','996e9024cbb9750d',X'6167652D656E6372797074696F6E2E6F72672F76310A2D3E20583235353139205432656351582B2B646665772F32667A4F53426F51417947516C426E697A742B794E3267497A44577953340A7177576C3753637931542F2B4345444B7072736D4555783345324E7863477258764B2F4C52393561564B450A2D3E204743492D367E675E2D677265617365206A203C36517243472B20230A363853476E585658376174484B316E314C38644C444E45580A2D2D2D206966616B495059524B6876462F63504A6C55423566562B7A363449776745576C314A5442705162743130730ADCEB05632EFDCA4A53F6450D5057940E3A922012632533B027ABD5A90B16BF2B84C51325F0A1FF3A4E1C8C57F194C0EBECAFEB6C474AC3988BA1D89A4BFBDB24160D08318BD6335A357749AF5C64A7CAE8FF35F8474453C4BAC43B52BD14751A6AF9E774BB3F96B2022DE90C817A5842169235EACB08F05C155C5DEC9C51B4651612D1BC1DE56EF5F06EDB0BA2817CE75E9E2DD874549E256720BD7922C0E6AAF18B57373EFB1034D34E25E492B2818E299A9635F3058DEAA4443C4745ACFC85FD84D8DE781631601BC7470D48B055A7C7CA53C529CCE5222BBEF927E87EACE430091D1B0744C6FC5A23692B7475352F8D45D32F610B46571787FBCE377ACD8CC92554132F70309545FB665908A88A56E14CCF65B64706EC7987AEC1621629F13696EC47AD6FD8394DF58C28629EE484FEABA52966074F8719FDCD4CA84F749A4AC24EC946BFF2AA5F93A84857285825759142B1C6470CCD6C4FA8FD4C6ABBF9BCC531906EAD2035F50656BFFD1F0A10D491C344AFBDD306BEA20F6A5B16F0A97157DFE2DBAEA18FD104620668C5FFAB5F419190E6688BC3B2A1CFAD49742BCC6FE6F3C65F24C2661C97398F38225003BE993B8E10C5312D97A3FE7662E6B396FF6C83C588A0DF4D72F2B9F6D903B276A867F52CA9FC77B6EBCD18692031A4067B2FDC382C813D67278845DCFF6AD3DA14913A734A72E80A3BCFBD3D2240FDAC9002737C4678408943C762371C6ACC01DFE61D656A120226C73AF632E8DE380A564972313EA5B8ECA7E633FD080563EF4DDF5514B75F72BB12B09CE4B6162996D7C0AFED90175C38F49544462F4D928ED5346AD974025B7E7CFE11D431A9FD6DC734A30660F20A6B7AB525FD6D9C2D9A332D46A755C4D379642FB13F8A715D018AC0D110B5FAE4609A6AA9CF31A1FEC008582D6E885D16ED72AD8569EAB3BB7B2F3928806E6B5D5D8403A7B39C969325E0DD1A96472AD4CBEB8727EB3127209BC5F98B0DEF17D6F73F7F61277E4BA4D3CEB73B1A24224491CA83E64C2844F9E3C130E365C80C3EA1BF40282D3C3BCA1FF5195823F316BCCBD8640013125F401B289C505E072E50FC687D3CDF4C073E18722EB322C37DDEC787305DF367824DE6C2579A0E9225B39E675C250C002D615B2257EAFDB228F0375DBC943CD098ADD9C9051FBC2AEE4CA2656F37DDC84B7670F6D2DB1F7FFFE1FE1F1864ED51C1A17047F3B53F16AB5D2086E9DF3965CE96EBE288321030843D21B0EB639FE0A0E736FC73EEF8E450E9DDC476CFE85E88DC6663C4239ACDD97E8ECE89243D600FB6924C2DE8EDC88E71D918B5DCFD613C1F5C5026184D2F500758BF745D5E2C56AA0134EEA417C49F4998563180803508AD558A8010D5D3FF11C25F7C6F47E78F88F7F56F38D07A17D1CE07F18D17039F0D38F3BE8FE86969053CE0756DCA004910D00A3A52809F4ECD4A232163B427ADA576D97C18F44C3E3439C810E7389BB34FE5');
INSERT INTO "responses" VALUES(X'C5D180E30EB6BF17851CD17E43CC073F','996e9024cbb9750d',X'6167652D656E6372797074696F6E2E6F72672F76310A2D3E205832353531392063786D43414D6E324A42306D3869762F66694F557953436C4F734A496B467654786E36346F454F565347590A5164324652314A594F4D4E3835324439716A683976556F63715A43726D41712F746C79424F325437514A770A2D3E206C555770422D677265617365203B4A732D7A325732202E584F4E657A695920784C28635C0A336C4E4C51374F7673596B7031593834736757576D574E64702B4B7A445A5638736169734453522B43583355692F6C7779376A6271586C47346643465275486D0A33323576364443416A744A68626A32594944525451585558426C46520A2D2D2D204C6176506D467A624843344B4B784B7336544C4D7566755A31496F772F78623532466C68446B64633556380A628ECFFF743214A40E188F9C5E0096E6DA787DA70B125BAC45169E94B10C923D399BCBFC0C8CE21581585D0DE368F7736E8C29D1C7922E301905D75733463960270C8571B4FEC9ABB6ADDF220E74AE0F2287BA19B223347A564F977074A6CEA45D6A9C78D007379423C05238EEE1A69616639DFF39E83967142CE1270E7A209CB7858FC09F2474BEBC4CA18F77F7F8B83BF79DC6440074DA714C63952DC2AF11BDFF8553253CF18C977B438E432E5B2FBADB4E1795D82AD211D2DE32A69F6899C8093181E602807C7B3C673AD9AE705B071E049AF8F685B56B9ED2F7BF44AC58C2F35989CA26AF56F8AD9D94F77A638530B0E20CF3902773F342531D785A6096E07AA9FE22651203442C7BE9E16C5222CFE4D7F4773E7653CD578EB812BDA8610D51DAAE1ECC4FA390F5965BA7776841F8B97B9E71ACE18E98E69524FC5ADFFA32ACCF39C3A6672228823DB88F58679E782FC2A38B281F8A62019D901D988B6B218E0912096A0ED1C2945A15E352B5B33C3A8168AC48DFE985F83BE30D4806A96FC129C6EFD9B5C84F44BEF006E74FC80731D2517F462BCAFFB241E01C3E9E10F24DD486B2F1E22D53D54667F0FA58CD605B23991105E99EF51B6F0B9788406E91DE65D696F31CCBE7B235E24147F53B0CBF1D029AC52BDDCEDB63DE8D6A995FCA8FF0FDB3A7CCEF8A87DCEBBB80D52E3E104EA767DBAB6069FA69C88863973E68CF931D35FE462F423C852AC8AA8A728BE8930B1D28F5522C3127BAFF4D2B2A02A8EC8A7EA5D1C43809668C66E3D4866FBE4255CE562816645507EA06EEF860D52A91D3FB71AAB8EFD5AAD846BEF97CB5B9FEA2014694623FAA1128C6D05DBEDE437732E45B6ACBAD61DCA471F8D2DA05B040C74398768500D83353740032CF574E60BF2892B1C0BA160AA86C86807F2E1B63F286ACE2AB4000F8BB692FD3DCE1DDBEB998CF41F1A5181FD9A6BA69F3B2479D9343852E1ADF2DB97D7CF85E77A5BACFB868FC861D3FD7385F8884498E76034600DA7F83272857E6B166158285290F09D6860345BEC799FE87C9C1802639260A2D809DB33557CE5DF8FF62DC96FD431CCB8ED8EEE2D4188F44AB2AE23A1702A5BBF9CD84922BEFA5D36F8393E8EE93E43280EDA49F5F60078819020827C9377E6BF5A37A6AD923B2A566CA53BA17A43CA736C29DB24FA86083C30F89F9091C7D9BF63DA8D7C849DA9FF3954F6C9D2B00F590636CB11CDB2F1A60B55B754FAB3558AA7774F636978189AF3D9F19D91980416626D46A6B797E5754BBEEE8F1DDD278C3C80CFA3139CF4A41AF38A900561507790475A181DDBC04188583D008B22268945C97DA6A257B5F8B0C60D6D9D90831549EC116ADB19D8972B327EB7B93F5DF4A20917E781EF62914A72C8349D42588870339B4722687C407DFF05D09291F3E25768B7A30280FDDCC5F8BB7F75BFE5A2F0C0457D5B783499BD7B01802FADA6DD23556611095DBBDF345DE61');
CREATE TABLE self_reports (
            workshop TEXT NOT NULL, form TEXT NOT NULL, form_file TEXT NOT NULL,
            language TEXT NOT NULL, answers TEXT NOT NULL, finished INTEGER NOT NULL,
            PRIMARY KEY (workshop, form)
        ) WITHOUT ROWID;
INSERT INTO "self_reports" VALUES('996e9024cbb9750d','planning','# The facilitator''s form before a workshop: what is planned, with whom and for whom.
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
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "settings" VALUES('session_secret','321710b0fe984f411efe1bc2bb2c8be745b7c31c01515d6ae72db3f497d8ac4a');
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
        , ends_at TEXT NOT NULL DEFAULT '', idle_minutes INTEGER NOT NULL DEFAULT 3, tickets INTEGER NOT NULL DEFAULT 0, screen_key TEXT NOT NULL DEFAULT '', exit_code TEXT NOT NULL DEFAULT '', printed_address TEXT NOT NULL DEFAULT '', said_no INTEGER, left_early INTEGER, edition INTEGER NOT NULL DEFAULT 0, changed INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
INSERT INTO "workshops" VALUES('996e9024cbb9750d','3jnhp','open','id = "small"
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
','Tuesday','The library','','["en"]','2026-11-22',X'7066624F90A151DAB3DBBCC7B2736A75',NULL,NULL,3,0,0,0,0,'2026-11-23T10:28',3,0,'TDKkkznK_ADKUautbzYj2Q','0725','',NULL,NULL,0,5);
INSERT INTO "workshops" VALUES('9fcc1bbc53ffabbd','7ec9c','closed','id = "small"
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
','Monday','The library','','["en"]','2026-11-22',X'3510E41054CF7DA3BB28DF311FD3760B',NULL,'small-9bc2bbeee140ef37c8298913c5c61f4b.bundle.zip',2,0,0,0,0,'2026-11-23T10:28',3,0,'vnyaqY-nzPRGz13Y8KtsZQ','5059','',NULL,NULL,1,0);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
COMMIT;
