BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'kiosk','workshops_and_responses','2026-11-22 22:28:20.752757+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'kiosk','the_facilitators_day','2026-11-22 22:28:20.764023+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'kiosk','sending','2026-11-22 22:28:20.782096+00:00');
CREATE TABLE acknowledged (
            digest BLOB PRIMARY KEY, workshop TEXT NOT NULL
        ) WITHOUT ROWID;
INSERT INTO "acknowledged" VALUES(X'3953BAF8487A2303A8304F6D1BCEAD1E','3254dd78e621d9d1');
INSERT INTO "acknowledged" VALUES(X'5A7D0102D45938881405B58EE02F1227','1af2b0c19c22386b');
INSERT INTO "acknowledged" VALUES(X'6E7AE56CC18B28D6E9CBACD44ABB41B1','3254dd78e621d9d1');
INSERT INTO "acknowledged" VALUES(X'8EDD50F4FE4490C678EDE8C01B02F3B8','3254dd78e621d9d1');
INSERT INTO "acknowledged" VALUES(X'C7164B94E9A9495707773C18DA82E182','1af2b0c19c22386b');
CREATE TABLE arrivals (
            bundle TEXT PRIMARY KEY, workshop TEXT NOT NULL, day TEXT NOT NULL
        ) WITHOUT ROWID;
CREATE TABLE responses (
            key BLOB PRIMARY KEY, workshop TEXT NOT NULL, envelope BLOB NOT NULL
        ) WITHOUT ROWID;
INSERT INTO "responses" VALUES(X'2B0F74B539EFCAABF5B65E8719F1FD5E','3254dd78e621d9d1',X'6167652D656E6372797074696F6E2E6F72672F76310A2D3E2058323535313920577474474B424B4E3644355073307A2F6A647A314D385853767852686A5A49727264305A4A3855485267510A516D5A54436B424E5843617271707171526A79676E38514F6263766C78524B78687447554A6464714269670A2D3E205E2D67726561736520226D3367632C20613D4323250A584A626643694D4D6E4251706949436B36476B5159665333397176316C374D556A46624443354B3269636176616E73664D52766562687947474F5678454437650A38753948464A6C717A743445397271465548716839633435424C7467565558390A2D2D2D206245644D6271456856466937694F71704E43554F383953684245652B4837493830346777725653366A4C670A453A697F782CE6254AF1DA27D7221C94217E0F702F2FA1F955FF4354DE0A23DCC02378B7615BDAE797FA0B666493E357B99E548FCDBA24379BF2A8CB984C97C9232F655A54D6BDFD96AD8D491A68BE3391BAF78E176C1064EBB5E6E3777FF2D9DBB172C5161778331A8EC97BEF58E1BFAD39D1F8A6241E850D89D76AC67F581AC151944002C94A819D11C9D40208F7DC4335BE80990AB7ED83EE076FAEC682A97125E73A4989EA39B9B0E393655AAB70C8E96FE9F24F771471F5F7F8444C0477034F2042AB0499CFC1F815CCE0E656CB29D2D953504C385E691612E209A2FE26D9357E8C7DBA7D77CAFD1856E93D6A47AC1720E50F2AF588DF45A22A02FDAC3DD907BA479D9DD3E9084EA858AEBDC2199A8D0310345B20C4F944F0CDC3E3E30604F5C77F76DAD354410D3F96756F54465CDEE8C48A74DC512588271434AD2EA8094D8D987BE99E16D5648CB7FEB4035919D6C97962D6DEF0FE73FFF173CFBC52AD1A03366107E851735FE56A692EDECC35A920579F1866A9A9E9F3D9D55599C553639AB770730FBEE21EE4547633F71F87AC92F38DCB21259688AB14FF5365D81E130E321837E4EE4840E21587C64B9D90B3F74120024793F2B2886B61B367F221834A96A79175211E4EA7BEEC7C3C8D7CA085F4EE136899FF969AC87F034284DD423FA7578493B787960126437BE239515823F8C4588D67C0002E836C38D09019C4DD4F1D65E425097A4BC17A4815CB03EAC44E6CD100467F4B14667645F7EDF6B66EA66D12D114ACCA3383524106C4FBE7CD5C1A7D2D7CDBD339724271B333CDBCDC461C94464BE0A1B97A9D23A972F574FA996934E03E6B9D41B1A33F473D6C0EA88617E7A2A2D106BE0C50ABF45D228C02D0516C936B9D1E901CB8679D4062C015ACA7267378F20503C3913EA7A00A2486270F99ED1FFEF5CCB52FE266ED14461E6C094C2CD9B008682301B108AA9CD977D168ACAAC8A0E755762926CA72827373899A9992E9F8F9EF5B75B7EDB2A151B00116B76DC2B9090D057F251F7F4288F693DB366ECFAF8C030A688D207055C737CE4DB14922643576779AEE81A4506643F2E9BF611394B702AB833E9E6050B7F14100015D962EBA80F0107950CD3FA09443E30EEDAF586953C38262FBDC4B5653567E9C8C2F606D2DF9844929F5481591981385CBD7FF63FBC58D8182CADC4F3006C9FC330E86ED3EC701420EE04B0EA8ABFCC16FA4E299C880A164A00C4B245B71A5838A64FAEB909FC9EA049DFAB0B3CD1617F2C5C468DDECD9B784F5EB59A35725B6153CBB7FEB8AB46CC2FC8A1991556E522C4016CFCD7613B8FCEC7C3BA44C9AB1F90B7781AC4B933213FD19CC14CF3925C1BA475509BCADA7BA59BD4EF2CF02B1C5D9BEE00185B72223780A7CED7B865FB8807C266852F57D71852A414A1412937C14E62C96E1722E800148B44771675D168B3793FE075197D05AB0E899508C9CDF6A58FE4DB94FE2B532');
INSERT INTO "responses" VALUES(X'6EB1B10DD10458D7914D6F8437FAD088','3254dd78e621d9d1',X'6167652D656E6372797074696F6E2E6F72672F76310A2D3E2058323535313920664643563230784B3270302F50716F2B414147704D64765550574C525151455A69737A35416E57673348550A536D2B4A4D4364302B4651715653676D49646A4578697164417567784E6A594B3768494C323164383230550A2D3E2027347634386B345E2D6772656173652058442D0A6C65386C6D6D75495552496E42495A474E770A2D2D2D206949543050624A3655424654774C5077337A4170756B557A676D44644C6432454A377374334A47536679510A7B7A55C69287E0C4EC811C8148370D6A0D78C41D53BD5575141D5A38D4E4E99424EB567619441CE9053691DDD31DE1A686AD39CEE9BA2B51184CD9371315929C51C39B7EBB1C600B2827A69446866E272B9F76543512BEAE15B0076044CFE2E51BD3BA0FBB2A8A9100C898CEA83E5A9707A3F5F2AFE8BE7852A017EE60895723AE6ED5ED40B2E2B6656718C27A348FD9095AE0102B9834AF7B0EE520575FD8D7DB88A5AF1FCC7A237CD8B75E6747FA2A7CE60F9EFB7F3D7F92ACDC7C52036A2DE23E98836DD6AE9E9CD300E7AE79249B86E5E36BF6AE46DC64C88292C4897B01F26C939CCC382FDDA4BFDBEF503C0430D382D9EC37BB1C568F2CC0E93B4D68FF23EA536D59E8A9869F8A5A92511A452CF5FF77259BD65F865A99F2E58CE335F2B84C483E78BCF3BA9C0C308A1AC1F99E1DEDB86571BAE5CB4AAE6DD7BE178532446EDB7F2DD99B0FC9BCDA2C45EC41E770CCE08A7B17D8AF33A7A3444A5AE8AEE1F503D6D68A835E12F54D642B70B7AD58D671A94AEBE0B76427294727A65D94F087658DB920EC1459EBED644E3908C4B88FCAD2437B835AD1C17793FDE1BD8C71B5EDA971B40AA2F3D8B0A534A4DB1C60CA6C81105D07B71ED8910BCE74932F12E4AE31CD0CB13F72D8F532C6909C49B0FB40ED0DF077430CA6D5C677A5966B753E79CFF295D9BFA47BC6E11FDF226B56AD38EBCC854C3459AF424C4B2A9772F665E27C3E86FFDD8B0523205C8292DE54A0F540FA10E53659F35768EBA3C97E1CF8A963F65DF44C596030AF10F237B0A0D3698272AAB5D6A36475B703DDF008E5B0C90CF8DB6A07D28B301A75A1F984DB1BB9129A9422A86A065E28BF2EA31DDCFBC346AA32E1FD34B00774049838296FADDF5338D24AC27DB11AFB35B0E22FDE7DB745D6F9F172B742B5C9549EF9117615FB68DCCB6A76488C59A93585146062F913562F5901FB034B9CE2A89AEA0C9CAD4EC3856E16B263B21B8140FC73812D89C52FB21AF615113952316B2328EB23E6782581F3FAE34EC00D153D9D3F8DAB53C1B91021C4E564E94751A4FE2FB1A5BE5F5908A38725DAB5EB94B07B0B1ABA4AC59E595B2679E8A83516D2DACC1A73F3B629F6BC950E73C7B3D03EA667C0174877243A882CD531D71750CDA55FCAB2882BBFDA7B61969B94277A89B5DF0A0A6554F33D10097D4542A99E2A0BA88D67F4E993A81EF7066FE5439B29AB3E59F7A26A200CD133AE671D0FE450E4A9F690696466D6ED317DE8B10F33022565B4716BB60BE54D60D1993BE95BA9C97253C6209FFD5A97C81A889473D7C304BD4B969CCC43C2D3486806A2882D3DA43014DBAD518BEA3D07CFBA827C5129AC5BFD7BD2FFA55CB1845850952F114D1E0DC8FCCF3B85D2AFDEEE1C5436DAAB59056C076B456F3801643810BE547BEC38B07E945ECFAEE7738957515F2C16C7F7C4465559BF7FECCB04597036CDACABC3C5DE5AFCF2D7325077F305CED811B729BE0A');
INSERT INTO "responses" VALUES(X'A8A1BE9634EF408C376A59071EFFC03F','3254dd78e621d9d1',X'6167652D656E6372797074696F6E2E6F72672F76310A2D3E205832353531392053435933663062316546644653495377486E762B782B484F4D516F38696E2B4867646347656C65786878450A6D5838382B4C2F614238656A706C354D6A653064483358495154586875562B474362677971492B666654450A2D3E204B68637C7E712D677265617365206920303B5664524D0A725677764C346A6A6378696E617543694A2B7266624437765563764C64612F50775A3859666C7A7743554B475748376F6F7A6763384F626478324C6B2F2B58480A456E6D615433383447664E44785A754B4863636853510A2D2D2D206C4E6B3065636259484C737A6B68586451494C776B726B774C65417778447845654B436E4A4E50752F55340A05842D1625AFE06D978CA0EA4A92F4526372290AEC99119CFD4DEF855E9ECB90271135725E7452D6720F2CA75A4837411560EF90C3D8E2690B82D8F4354ED3585507CFEDBB406028433C4838BBE9CE8BF269DD090E4BCE523576DA866FFB328232A2D9169F769FA547779456EB63793EAD94FE2DE7730C4D7DA14CD59CFF85FE0C005BF5C9351941C2A09912ACEA2181A294B9744022F8256B5EB885AE31E6BC6E68C29988D87F125A228AB23727E6214FA7B964D03FE2C912D3BE94E47B0E6D8F34BB04CAA68DBB186A35CB45A9A2524F34B277F952A0151B0A8EDD5C71EB642904AE87D9708556FC543E12AF1906EC25125A1B66F14FF8F06F46A0701B58442FD132C0ECE18027A08EA8DFBED4AFFA84002F12CFEAFE3988551A09943030B4D20354BE4ACE8E0CFF9DED1AC5D81EEFF06C791E0B7E87E6BB4C5F5CB9AD492AD0D7C8D0DA97CDD8297F14C699FF32EE1A5A8452A8096787086060A0D225979F214CB21E33305CDF54C4D4011DFE7FAC71780EDD95369AC78A2B20D4B83474E77C4D0A120084C3C3D16B32D2B327D3501DA87062AB8B7415CD731E368032F6100F808BE8E9859451B01814DF93FD68E1EAD47144DDE3262BED19793BF85C104B8793B9A6748D3FDC9E238F6C973B6475576E2523C4E1D415DD8DC9C0F527D95F00E874700323E298DB0AA332D9C9670CE1F5B8B0E9D7CEA94978D276CB6725E0086EC57057E049C6E53B89B02C71AA511BFCE19700CF488BC63217684C4A44512AB6E0D6B4B61111B9C6D5B4FE4E55699E32586D183883943B7217D2D716B1277EADCCA707D09EF87CF3CFA7B2A5D3FCF359C838AC9E084D5B37A4C71410C94BC4F18A40E96E91AE47833D5D876E551F9F338DDC98F4156AF00EDBAE566ECCEF8893F0AFC4C04FB424F4F1AE803895A8987CEAEAA0C23778115028579ED0EBD03E7D0DD37B3209826E6DB68386908117CAEDD3B8D8F1B5C41850A8FDD6382C76ED1141D31F79771CA59316D73F68A74B841693A968EBB82DAA09FD346D2D617D9F0880172059F5FEA5193676BEB131F74F0053B36E13DAEF948CE1FB22EF50994E460C2CA1D5E6F08DF66BEE53B88C938FF545034C360D000AAD3CAEFA2C8FD0F5F56493E7CB1769CA24C94C892FC02B2DB92A1ECC383F06B81508ECF69C448AD2AE4D6ECD18192C2208F6F7D9CAA27E8A191C162A015B4209868C0E8224192C24A8A8922BBB1C429E74BCC4BCA0B194673E4DED03AE73C868BDABF9B134ECACBD672FCFACC3AC1696B9CF1D93BE4346BA3D435542EB3326416D15EE1F4A8D2357559A6B12F06F786C049B862A8E1EDBE72CF725CC8B93C2E59ADAA17F38875BEF5FAE1F92EE4C8C6FD8B731C9CBFEBA868EFCA42D4A429E2B4CE499306888EC93D60B7DA73381E7B72805A6826804D13E463A0847729829D50549DE7463845FB63BB7888C80575C9C8EE44409B5D3D895DFF3D4FD87B6700B3C2990BE17B4D6');
CREATE TABLE self_reports (
            workshop TEXT NOT NULL, form TEXT NOT NULL, form_file TEXT NOT NULL,
            language TEXT NOT NULL, answers TEXT NOT NULL, finished INTEGER NOT NULL,
            PRIMARY KEY (workshop, form)
        ) WITHOUT ROWID;
INSERT INTO "self_reports" VALUES('3254dd78e621d9d1','planning','# The facilitator''s form before a workshop: what is planned, with whom and for whom.
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
INSERT INTO "settings" VALUES('session_secret','aae11363cd3a3db4ebaaeb4a07622eddde2ed7a0618fff9a7091691c86be6217');
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
INSERT INTO "workshops" VALUES('1af2b0c19c22386b','p7wge','closed','id = "small"
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
','Monday','The library','','["en"]','2026-11-22',X'8B6FB0403052DA30B8603C7D6DB0EE22',NULL,'small-992cd42555050fcb0fe4cacf9966b45e.bundle.zip',2,0,0,0,0,'2026-11-23T10:28',3,0,'-0CCSDjpw_qCq8a7qapmJw','6755','',NULL,NULL,1,0);
INSERT INTO "workshops" VALUES('3254dd78e621d9d1','mq933','open','id = "small"
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
','Tuesday','The library','','["en"]','2026-11-22',X'728160AC8650FB19CD610E006D472D1C',NULL,NULL,3,0,0,0,0,'2026-11-23T10:28',3,0,'QufUw9LrAjiCc18jI2uU3Q','5697','',NULL,NULL,0,5);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
COMMIT;
