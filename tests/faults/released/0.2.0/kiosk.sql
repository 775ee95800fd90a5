BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'kiosk','workshops_and_responses','2026-11-22 22:27:45.424387+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'kiosk','the_facilitators_day','2026-11-22 22:27:45.438946+00:00');
CREATE TABLE acknowledged (
            digest BLOB PRIMARY KEY, workshop TEXT NOT NULL
        ) WITHOUT ROWID;
INSERT INTO "acknowledged" VALUES(X'02B0440E927BB743D1093D3A08580C9E','8f826c9e0d192094');
INSERT INTO "acknowledged" VALUES(X'04BED1D94930AD83F4828F45C762F8A4','bf05cb4639286aae');
INSERT INTO "acknowledged" VALUES(X'1C1A015823A5252AE39474234E59EBD3','8f826c9e0d192094');
INSERT INTO "acknowledged" VALUES(X'67B4F30766D814A3D2073F3BC8594F3B','bf05cb4639286aae');
INSERT INTO "acknowledged" VALUES(X'F156750E505C330654386E6DCFFA9DD7','bf05cb4639286aae');
CREATE TABLE responses (
            key BLOB PRIMARY KEY, workshop TEXT NOT NULL, envelope BLOB NOT NULL
        ) WITHOUT ROWID;
INSERT INTO "responses" VALUES(X'12284613800C5FC2E9686AE8D760E673','bf05cb4639286aae',X'6167652D656E6372797074696F6E2E6F72672F76310A2D3E205832353531392037714A742B6B7A36626570614F686E5A7A5457667977666D4F5A6939706F323637413035636133684D52450A68524341575956426C4174794745464C553154665A576D6B51425A364A426373537251534631487A37656F0A2D3E204D2E6844732D67726561736520532069555463743D380A656773306F53793753752F4A7977787932484D416C414C742B7163457A6A770A2D2D2D20304A4D52303349415A4664733738614F6B58456B2F536A47456549684B644452486847565655426C5349490AB9DFAF100BDF50EE2BF2F8981E610980A34A6A65CF46DB1294615DFE8FE92D869A06A52A947D11A4DE4814B413F733E3E8E76F723AFDF87FF39AD6FCC86B1F5190C696FBC2F1B76B2B79C55C0D0F60F90634502966E04A3C2CF17804EF3A5A7C20BEE5B8A65993E1E9E7CE742D3D049FD830F11B31EA7969CD583A0F62C571820B53A5D110ABE348146AE7E96FB9C1A5E9849CEF0D6C82A74AB2FB36EDE3ED62702E5E10CED1E10CBA733D54B4AC873179DCAEEA022BB505661468E906FFD686AD1A21D1926092D22207FE91287C9B62DAC3ACBFEAC6731A7CC4AFDEEE51F441033AF325ECBC77F5740B1977AD5D24E18EEFCAF874FC7F2D4CE57C375543E4EA9837158467909046CC28368BED91F0C4F14CC09A89FAD4BA40D846C4080A1734315B2376442ECA7C32D4C810B95CBF83566D4A3C15E0F2D7CB7EFBF776F4F017B63F65DA98F6D21DD2DD96D83888E1B8F6D7EE0EFA97D2CDBBCC738B6218C03FFA7BD663C7C8319B4131838EB44FC1C5E440A93BCBCB18E4699DB77890E71C28A7F8203C6C44F958480D6C2045C9898D9C17F0E93FB1A267E07A0B4BB5C87FCA4EF5B88007761310CDE8C489FA434C1266159F17073072D51992252FEC709AA3ECD9A12987C6A863BB6A67672303D29C8816D20A2DABFE7E91A00A837942D652ECA9069D7A9243376F9A3368E9BB53EC91FA362A9F3A35FA6B6E9FE7B0A0FE2ECAE3CB99766EC3A4BC968ACDE9C7806AE0256F01F8C94497F1178CAE93C0A69E2B48E12C580BDA4F5E061D0E26379F76C14E2B254BC39A660D52597B2FD49A50FEE670B03FE1B17DD8F45C5BA0AB1006F1C62872DC4D4A4D202C10A0B36096B540BA60530BE67E3D41A03375A39B128E2585D7B8E0833F9DC0D5D9FDB457AD85D74CDDB7F77821C5D9076E3048F64269E2CD281DACE789BCC8D50D14523C6DBAD7C6361328E7E29F0418313A1A6D0FB29A3EBFA2B5B7786B5460CC046C6684EC204C34791854D5BBCCF37B05FAC02FA64FECB283A8A5240582D314EF4F25C3E20232E315A86C1BA68DB682C02214D3E880B6026D03802DBE83FAF6F5A59CAC555FFD66A7BE0063F082FF0AB6CA912996793F8D15502BE9B3E47D5BAB74B9ECE2484BD9220FBAAFCC8CC868C7D0ED8978CE84CD6C9E3D43ACFD1FAE8BBB883CED30705F9EDDA70CB5346FEFE11E80BA616F94B43FE34B6719C11880054E43B1F39CB0D737C5BFFA90DD904641542CAF94B89CADECE1266A0F5E95543001CB3DD79D67FF7B4DDD8DBEAA09D08160D357466B7B955565F308B5DE4C53E49D3361257E2D480C67526BA4FCC0551C0914046AE9BCB060490187EEA258D264C083573C102FB5DD6BF48F341D054B261B653955E1545B1B48DB3817283BD2AAACBA7256BBCA3AF0065F90E8151837273FAE3BA53FD6781CBD5A71D688B0828345C929E9225831B022CB9B8D3877A1A21344EB58570FED3CEE40FEE24C710C121306F2C5');
INSERT INTO "responses" VALUES(X'6124D60965E4ED78625192F76E7D3344','bf05cb4639286aae',X'6167652D656E6372797074696F6E2E6F72672F76310A2D3E20583235353139202F75467A6766476F7262527335617645306E4F4F344542764E76454C554359356937632B686D537431786F0A365A32587862684D796D314E2B6656456B6E736C793534652F4A34683953637234434D78674161437869300A2D3E20616F285F6A2853762D677265617365205B3F212145207451572D6C3F2031390A4D337451744C35767275490A2D2D2D20686C355763446E6A44786967626339583437706E72486D33723742666E674847302F6F41525958395466630A8166A3CFE087181BB74C414F8B59F30F83FFDBEF0504F132F306F3D1B4FDCFADCE98C6AB4459537675434F7FA02C75899FBAFE944C84D2CE1008933222078E6206FB95905502B1AF35D929D51FBA357E54B380AE86C08178F4318AD0F803934CA277215A9F699B4B6D5056C69ED5F03EFE79ECD50E1E3B5BFB50E2B581C4AA1B91EAB24F42E8E3FF5E3AEC8CE4E3D627887083E0C1B09B94AC540FF2CC065B2D2B725ECE0C61D6DFBA1D0F55626C917F574B0E0FD86C8F1B15C53B7302A99FC5889B29BD84FBACA2D7B42318172D876D6A28AEB6FCFA226B1366A7438CD6AF3F91102E6C233865C906F5C21CE8A4B3143F7FEA68192037E88B060432711E030EF1B5A503F1DC28CCCDF22FAA6BB1D819D6C2741FA58BB0BE5EF763FF7FC508C4A95DF3DF289530EAD73E5D4475A1D4D5BEE04FFF2E00A6FE156EF5EB73E8F83EEDEF6F9F51C06E34351EC72C29880CC3C5A8A213B35113D4BFCC5B4431500DD67718C8827F640F4126203FBB35F0B057E722D415FE431787EBB68D1693676E05A876E4E0357E48337DB3F8A6F671372E5661FB943EDF16AEB4F06C0989740FF605B71AE16BE8B30686CC3CA1F295D4637CC9E7503669DEC8457D84837F4FB769A563F39F46CDCF16F0FAB0DC43350F1E86A6714E228CC32D519A6083DA0376470AE957F04FA889550CBFE87E89549E78377DCD2829A4F9E18CF513A2E24EA9D4C6806A096E9A8B3D16648AF12941747997152A85F9086CFBC2EBD3170E6C6F3DF020DB023A23CA68FB910128F76442BC84E7A22E8BA13A284DEE7EB718097C63DC7E405DDC8C86535F129C55AF90DFF4F0A89FCAB4F744D3A979A3855266400AC8E3C4F51CF6ADF1BA2E1AB90622FA94CC7EBA1221FC86B45721289E20AB9BE1E520062AFECF4E0158D9F84C5FA1097F68A78957C7FF201B0E7342D05E655DEC2EA8327652F8868517736E2CC5F1419BC7152B88455F2BF526573D90D68B873D86B7E7E17DB02DE769DB87F240A36FAAE2DE592A4CBAEEC08CEB99DD4F82AAE1A09A15B125F82B7EBCA4F4B866C44D608ADE47DB4D4F817E4129010F9CCC3E8A09343F445CD009648572069A610B24CDFE9818371DA94183D97A20C8D54231CEEC98C0CA37553187853EA4E985F55598B0A27090FDB4DC23E6D3B4861742EAAE162EC64A6D924BA6B982461A9F009EADA2F350E736949CC0E7E3BB96AE82F5DDBFCBC021F5CE75AA03A093EB526A5635463DD8E6BE7BF43BB3C33DD07D3F4C2C90364453A8F6AC4A58FB7126CD1470705BEEBC21F62082BA3DEFC76B3B345882AB95F0FD64E8680EC530CBDCE42036EC618560E7379C8938ABD7C3CC2E6C77314B075D8451250D4CBCD3904AB089E5AC35A662C77301EA32F8A283059C8F9559ADD87B64AF5BBC2D4BFBE4AC924B082DA69F565831B232ADB92B348CEB6650DE6FF46DC486982F6454823B6CC7DAB32B0A5ED2C2A007FA4FCF9CF14837AF73E3');
INSERT INTO "responses" VALUES(X'86294ABE712AACB49776A53A0ED4F961','bf05cb4639286aae',X'6167652D656E6372797074696F6E2E6F72672F76310A2D3E2058323535313920675567524B5158426F3638474B4E516446694937337462502B4A56324646646C446C334D596E6A4E5479730A725777625044587971766B736C76456D66655A6732754B7A6A6B566A4A47356939704145355550733644770A2D3E204A7D30522D67726561736520274B73506D204F334257204F6945610A753374334677696643436D4F6B6E777566433634633552436B7A6F4535377878546749684F423873464C7131392B382F54546C72527035794D6E47554175537A0A56436E4743534E5A76434D4C416C3577644A756A344B46572B476A504A2B54397370744E6A794367676E77647A4E435851536867707731656E794F33374F58620A0A2D2D2D2033324B587772694F644661396A473632475437775A6B674A717239665A6F3034566F6C68376A57446454590A6219185BB4C58D54327C88785B9ED1B50AA946E4CE696DFF5330396AE1E0A275CA6FCA641B928B76B0AC2CC16324E583646241B3291799BCF3E05F8A86821DE166256BAA87AFAE1ACCE0CC23F091FCEB96C4454A6ADD16AEAC6B7268BDCE13FFFB264296F1C26ED823EFFB5EB05DF8ACDA8FE04106F27754CA92DD11964C6FA2EC89D5C5407E05259F3726EF0A6F300D54EFE21919C4E518C8DF562E04FB87DFA52EAC92220E2D8C5E4EA00A7FD20A18268C49CCA16DFCAB1FF836579B6ED4A8E7B99116A733D75A761E41830C2412AE7940BF351765CA3C826EACD9307F8272BD9137E57B42A6412C9DF190CFE427B2A080A28FF89E2BC4D2783675004D106E15B589857D88892F151E66ECFE899E87DABB6B39D65C5FAFFD1701B27EA8FAF15B2713092B624D6F263C143C0DC12BBDA06A5D32E7B3E82107E14796DC11D4CE3BA2B8E7AE6333D897ACC8053AA5C5329E0081F8E0DAB34524E6ACD32D565E8CFB5BCBFAA1EB165F28BA383AB92C987F76D9A1FA3AE44364927BDB739B5D526475289214209228DABE6DF19DA62CDC755AC16860826709BCC675C4FBD5E077D71B65F3E7B8326A7A7073B33AF597798758A38BA7DF2FC7CC5958F3A9E4D94705A55B2798CF8CC926FC5585D85625102DAB0AEBD2849091602F9D8E1E2C40DE648E7E1E6E1A46AAD8A23A8410D7ACC23B0379919ED0C9DD2C54E8C55EC606274182111619A2CBE411A07A4CA14A53575D3B3F6E21D16E8DDC2FAAE08640F8CC51C6C18CB9C2541F4F8D72C542F526BFB8DCD183B5B719B759C728F0AEE40DDF63EB9C9BEABE0C1D1A9FEDCC319190CD9E9CA2C81578A930786887CCC68D58A91CDD0A5623F48C50CE831B78B0573EEC8F847159D6B1B2A8EADD8DD0B2B38F59D0693C131117158EA27784B9A9379CDFDE0321F4AA517E34C50C62E6E7E74FACF706ACE14C6D2E5424E2563EF95E1CA58DEADC4F9F4F2EF25E574AA28BE5C7B2578CDE8C27EF7E42ECBEB7757DFD82BAB202066B522471F3C39BD0D2766A0C90C5BDE8B1596693F4B0659C0C26C1AC0D8CC71A0528D7FE9CF809E9DCA13E6D871E6D9704604F5920A356FDD58E4D3E17E406D0C72637E2A725D9422D01172E76D3639665701FECCA03B50C0937EF8AE5D4936DDB6BF2155FBA3E07387C89D5E34F31D0C9F54AB520EAA18BA254288218CF577CA8C5EB43D5A7091179B36A0834735B26B0F8BA6775AD967B45D2B48B1B37DB873C777DBAE34C6B6F11C6EADCE935B6CFFEFB294635DB9C89C0D34739E9F54475877F121FC310F7A2B4A0D5F0D1FBC8AE2B6FDA9FF32DA6BDAAE8A26E5879B23616F972E89ABFAADD9B548E07F215F04E657FDA735D5DAAC1C733711C27EECCCBB560E8BB3BA3FDC186D1B09BC2102986F21CE08C59374A29DEC1D7FA193ACE334946BF6C1A70C7B7F07FCD0D67C684A75502BD9EFD0E81460D79B3E9B1A7226CB9C8C76B06060D0E757456749A4D');
CREATE TABLE self_reports (
            workshop TEXT NOT NULL, form TEXT NOT NULL, form_file TEXT NOT NULL,
            language TEXT NOT NULL, answers TEXT NOT NULL, finished INTEGER NOT NULL,
            PRIMARY KEY (workshop, form)
        ) WITHOUT ROWID;
INSERT INTO "self_reports" VALUES('bf05cb4639286aae','planning','# The facilitator''s form before a workshop: what is planned, with whom and for whom.
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
INSERT INTO "settings" VALUES('session_secret','963d512e98d293fe1f279f8b9939ff21c69db9a54cdffe6de0f3222d0f7b4fb7');
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
INSERT INTO "workshops" VALUES('8f826c9e0d192094','xpwcy','closed','id = "small"
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
','Monday','The library','','["en"]','2026-11-22',X'378A29D51F38FC0DC784D62A0C6DF973',NULL,'small-e56ea8a0083a2da3ea85fb53aada48e3.bundle.zip',2,0,0,0,0,'2026-11-23T10:27',3,0,'Q89GiIntQroLAIuvdVaLtw','4399','',NULL,NULL,1,0);
INSERT INTO "workshops" VALUES('bf05cb4639286aae','yynk7','open','id = "small"
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
','Tuesday','The library','','["en"]','2026-11-22',X'DA9DCF0EA4DFFEB89374880C79BB3145',NULL,NULL,3,0,0,0,0,'2026-11-23T10:27',3,0,'ocS5mBe8gYH3S0YKtnzZJA','7875','',NULL,NULL,0,5);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
COMMIT;
