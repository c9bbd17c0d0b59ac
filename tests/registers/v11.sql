PRAGMA application_id = 1414090064;
PRAGMA user_version = 11;
BEGIN;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO _sqlite_migrations VALUES(1,'timpora','0001_register','2026-11-28 14:30:00.526621+00:00');
INSERT INTO _sqlite_migrations VALUES(2,'timpora','0002_versions','2026-11-28 14:30:00.542541+00:00');
INSERT INTO _sqlite_migrations VALUES(3,'timpora','0003_log_and_law','2026-11-28 14:30:00.562532+00:00');
INSERT INTO _sqlite_migrations VALUES(4,'timpora','0004_expiry_runs','2026-11-28 14:30:00.566536+00:00');
INSERT INTO _sqlite_migrations VALUES(5,'timpora','0005_bridging_permit','2026-11-28 14:30:00.574329+00:00');
INSERT INTO _sqlite_migrations VALUES(6,'timpora','0006_stays_and_rules','2026-11-28 14:30:00.700183+00:00');
INSERT INTO _sqlite_migrations VALUES(7,'timpora','0007_numbers_and_mappings','2026-11-28 14:30:00.706279+00:00');
INSERT INTO _sqlite_migrations VALUES(8,'timpora','0008_cases','2026-11-28 14:30:00.737645+00:00');
INSERT INTO _sqlite_migrations VALUES(9,'timpora','0009_inspections','2026-11-28 14:30:00.757675+00:00');
INSERT INTO _sqlite_migrations VALUES(10,'timpora','0010_meetings','2026-11-28 14:30:00.770503+00:00');
INSERT INTO _sqlite_migrations VALUES(11,'timpora','0011_letters','2026-11-28 14:30:00.775475+00:00');
CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL
        CONSTRAINT change_at_is_utc CHECK (at IS strftime('%Y-%m-%dT%H:%M:%fZ', at)),
    officer TEXT NOT NULL,
    host TEXT NOT NULL,
    command TEXT NOT NULL,
    reason TEXT
, reference_digest TEXT, digest TEXT) STRICT;
INSERT INTO change VALUES(1,'2026-11-28T14:30:00.804Z','Officer Invented','counter-1','init --region',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','6f40c8d34c130757fdccd680e36bfdf37b4e05f113400a37a125940cec238bc9');
INSERT INTO change VALUES(2,'2026-11-28T14:30:02.354Z','Officer Invented','counter-1','resident add --name --nationality --sex --born --purpose --arrived --passport --passport-expires --village --sponsor --since',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','11144f185b7c7071f28da9b3c08263f09dd37ea35e85070314307d4d2130a4d7');
INSERT INTO change VALUES(3,'2026-11-28T14:30:04.251Z','Officer Invented','counter-1','permit add --number --issued --expires --class',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','e693eb92b467000148968b8b9086c4701dd9c3d67bd1ac8233b6c00ac539f212');
INSERT INTO change VALUES(4,'2026-11-28T14:30:06.246Z','Officer Invented','counter-1','permit convert --number --issued --expires --index --class',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','ec4e314b81e223b51660a35a0f10193d0325854f0f3bfc184db5d5327b6c5bac');
INSERT INTO change VALUES(5,'2026-11-28T14:30:08.252Z','Officer Invented','counter-1','permit extend --number --issued --expires',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','03060cda49968213a565b30e108f309b16fe085775095d344140b32fb7f52497');
INSERT INTO change VALUES(6,'2026-11-28T14:30:10.277Z','Officer Invented','counter-1','resident add --name --nationality --arrived --passport --village --spouse --married --since',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','5a73b94518b07711317fbbcf7f30a64dc4cd8c9079c6b6ff9cffb72afac5f0af');
INSERT INTO change VALUES(7,'2026-11-28T14:30:12.248Z','Officer Invented','counter-1','permit add --number --issued --expires --class',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','22d7f24aaebe80fc7328f1f8487d413935e128f692f5ccd9ecbf7cbb80c23ee2');
INSERT INTO change VALUES(8,'2026-11-28T14:30:14.270Z','Officer Invented','counter-1','resident add --name --nationality --arrived --village --since',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','459998bf395ee0197e239b2340fdb7f3cfdc03082a1bbf6ae8e2b101456f42f7');
INSERT INTO change VALUES(9,'2026-11-28T14:30:16.241Z','Officer Invented','counter-1','permit add --number --issued --expires --class',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','cfb384a593fd899b008f8036504e65f08fc06bb77b4bcab3f8283081b0a3daee');
INSERT INTO change VALUES(10,'2026-11-28T14:30:18.245Z','Officer Invented','counter-1','resident depart --on',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','493be1c9d4f6238dd57a9103d9f19379843238665484d28bc02b1995cf9973bd');
INSERT INTO change VALUES(11,'2026-11-28T14:30:20.235Z','Officer Invented','counter-1','resident add --name --nationality',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','988471f1c82010a2ec0cda89ba8a5210c8e63d9632a9708fc940e747c3c0a15e');
INSERT INTO change VALUES(12,'2026-11-28T14:30:22.230Z','Officer Invented','counter-1','permit add --number --issued --expires --class',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','c4ed0de432a894713d083e75f59cccc94edfcab479fdf71a0af66bb0a009867d');
INSERT INTO change VALUES(13,'2026-11-28T14:30:24.230Z','Officer Invented','counter-1','permit edit --expires',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','a06beb2e675e2dc41e5cb7b0829e5784b20d60c655c9f13b0776817c7130b652');
INSERT INTO change VALUES(14,'2026-11-28T14:30:26.267Z','Officer Invented','counter-1','resident edit --note',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','34e311b8671a75b5613cf1457c37f91dafa562700a2105d7fca1dc1c9e898273');
INSERT INTO change VALUES(15,'2026-11-28T14:30:28.245Z','Officer Invented','counter-1','resident move --village --on',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','1b9d3f68ba868b7f934c85f5927fbe246d949ad526cd9404a05fa4c975fd76f1');
INSERT INTO change VALUES(16,'2026-11-28T14:30:30.263Z','Officer Invented','counter-1','resident add --name --nationality --passport',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','68c379ac2e3512a7f4daa61eb1e804c825a77dfac67a3dd54fde1edbd3e8bae4');
INSERT INTO change VALUES(17,'2026-11-28T14:30:32.247Z','Officer Invented','counter-1','resident remove --yes',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','c91ae10bd9c189d975d8fbbba370e1cf11157ebe76fcac0f2d631b658891f640');
INSERT INTO change VALUES(18,'2026-11-28T14:30:34.270Z','Officer Invented','counter-1','relief add --name --basis --class --from --until --supersedes --source',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','ad9dbd6262fc9a653bb52acf837dfc4f0a589120ee31104ea1ca58f62bcf6678');
INSERT INTO change VALUES(19,'2026-11-28T14:30:36.238Z','Officer Invented','counter-1','rule add --for --basis --source',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','47edb176c189c80754dc4d2470de08c531b33912b42737689f1d8c0355e1c600');
INSERT INTO change VALUES(20,'2026-11-28T14:30:38.270Z','Officer Invented','counter-1','resident edit --note',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','145f7352b79bb3ef53ac9e267b7a00c77b0af2ee8a3229e58dc01e7e70dc6e80');
INSERT INTO change VALUES(21,'2026-11-28T14:30:40.299Z','Officer Invented','counter-1','undo --yes',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','c1e53020707b82d1c80b801b7a93f96ea29b8f50989a00e3801e97053857f2b2');
INSERT INTO change VALUES(22,'2026-11-28T14:30:42.235Z','Officer Invented','counter-1','setting set',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','3f4f9ec5959b56d3a99aff70ba65f8ee5a883ca03a8f3fc3be6c618b43143f3d');
INSERT INTO change VALUES(23,'2026-11-28T14:30:44.288Z','Officer Invented','counter-1','expiring --before --mark',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','4556a2dc358f3bfa8b702d06546b3e01c18729d782596570d6aa4391461e689f');
INSERT INTO change VALUES(24,'2026-11-28T14:30:46.256Z','Officer Invented','counter-1','resident return --village --on',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','f919a026f79e17421532e49afcda0b7293d52906aeaa66d651626ab2a3ee305e');
INSERT INTO change VALUES(25,'2026-11-28T14:30:48.253Z','Officer Invented','counter-1','permit add --number --issued --expires --class',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','9f1cf2d2ffe36c78665f64809b41bcd62a3611af720873fc864e54f4c6c779f5');
INSERT INTO change VALUES(26,'2026-11-28T14:30:50.287Z','Officer Invented','counter-1','resident add --name --nationality --village --since',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','96acf4befbe2104abebf3a7de4f3a5f8084042a734f24f8ed9a3f40a6f4dc536');
INSERT INTO change VALUES(27,'2026-11-28T14:30:52.247Z','Officer Invented','counter-1','permit add --number --issued --expires --class',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','f3c042a12af7aa9453599889cbf819b0c0a07e50ca8663b4967f204071ac8928');
INSERT INTO change VALUES(28,'2026-11-28T14:30:54.231Z','Officer Invented','counter-1','permit extend --number --issued --expires',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','e28db6c01f72271a165a9bfd0d65003294f4d47dc94425f498e5d41f861bf175');
INSERT INTO change VALUES(29,'2026-11-28T14:30:56.274Z','Officer Invented','counter-1','resident add --name --nationality --arrived --village --since',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','f447840d1603fdeeb0c1802a68b3afebb926687551eeb0c0aa1b2b275dc5446e');
INSERT INTO change VALUES(30,'2026-11-28T14:30:58.279Z','Officer Invented','counter-1','resident depart --on --how',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','9137b4226f384ecb851e23403a74c8faf1899b22297bb4d2a6e4537d3a98cfd8');
INSERT INTO change VALUES(31,'2026-11-28T14:31:00.292Z','Officer Invented','counter-1','resident add --name --nationality --village --since',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','e7f4d87a343bb5c5e0da315553dd17b7a7c1cfb100c2531f8b3807d4bd6e8246');
INSERT INTO change VALUES(32,'2026-11-28T14:31:02.254Z','Officer Invented','counter-1','permit add --number --issued --expires --class',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','25ad29fb2af83995ad43b4910fd4cc9407d2923f303526b949a5c11c342f1695');
INSERT INTO change VALUES(33,'2026-11-28T14:31:04.279Z','Officer Invented','counter-1','permit report --on',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','a96fbebf53a97bdd84defe7b796ef7f1422be9e94c4c4e016d530b830fc5b0ef');
INSERT INTO change VALUES(34,'2026-11-28T14:31:06.284Z','Officer Invented','counter-1','resident add --name --nationality --born',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','f75476742528df081b99ff82d51bd7822f7d2e8bcca1bf2ade9d9b7369818587');
INSERT INTO change VALUES(35,'2026-11-28T14:31:08.410Z','Officer Invented','counter-1','resident merge --yes',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','96984d71dffb504405ed44fdb0ec2bab4ce21d1cda95a72b900eeef4793ae9cd');
INSERT INTO change VALUES(36,'2026-11-28T14:31:10.281Z','Officer Invented','counter-1','resident passport --issued --expires',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','09da62152b480cd89f67b9c3309fd0c4d35c8a0bd75f70369260acbf07663191');
INSERT INTO change VALUES(37,'2026-11-28T14:31:12.576Z','Officer Invented','counter-1','import --map --remember sha256:32dbbe1014b936d2685c2b6f2f6cb8ba2e9f211b751e0768496a595a35339532 new=2 renewed=0 changed=0 unchanged=0 rejected=0 skipped=0',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','a9738a250b92ba26346a1b24b6c31b0d378f5671420b0739232f4313fee4454c');
INSERT INTO change VALUES(38,'2026-11-28T14:31:14.353Z','Officer Invented','counter-1','case open --village --by --reported --text --resident --happened',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','d226905ea9a89dc3cb0bc6670ae4b6b768153f46155baccf7cd366ce3d533326');
INSERT INTO change VALUES(39,'2026-11-28T14:31:16.311Z','Officer Invented','counter-1','case step --on',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','b1076121e674bebccd7e0542c4e3eea22fadc08fb469aa2d3c24804556a0af87');
INSERT INTO change VALUES(40,'2026-11-28T14:31:18.346Z','Officer Invented','counter-1','case step --on',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','d4c60b85030320e0cc63b41159ceeec9b588edda13a67ad0fa6126c803bcbe50');
INSERT INTO change VALUES(41,'2026-11-28T14:31:20.313Z','Officer Invented','counter-1','case open --district --place --by --reported --text',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','5e8c166b9ffde903be8ca91f3e67cf22368cbb059e3c6b55b7dc8672a3c3e3a6');
INSERT INTO change VALUES(42,'2026-11-28T14:31:22.282Z','Officer Invented','counter-1','case close --on --note --as',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','74e7386a5bbb0fb264ccecd2d8ad1c291e30f9164e6aaf0f031c9e785c7dabb9');
INSERT INTO change VALUES(43,'2026-11-28T14:31:24.297Z','Officer Invented','counter-1','inspection add --on --officers --letter --letter-on --village --as-registered',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','e3210bce140d1f07a657ef4a39ced0e5528cedf9500636a8e80fadd0b1283f44');
INSERT INTO change VALUES(44,'2026-11-28T14:31:26.271Z','Officer Invented','counter-1','meeting add --level --on --place --theme',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','dfb6283d620b9e570cf24de4241e84fbe909d084350009ef01f190501f34e8a9');
INSERT INTO change VALUES(45,'2026-11-28T14:31:28.249Z','Officer Invented','counter-1','meeting invite',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','b2b6b639e63e660f0f5f3e43bdbe57caf9f53e100c445f27f7f74c4b9daf1de0');
INSERT INTO change VALUES(46,'2026-11-28T14:31:30.249Z','Officer Invented','counter-1','meeting attend --name',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','d3813f87b238cd739cd8322a2eed9850115e0d1ae2b8d75e05c1bc814d61677c');
INSERT INTO change VALUES(47,'2026-11-28T14:31:32.252Z','Officer Invented','counter-1','meeting decide --owner --due',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','3d93dcd735d2ef84b54defb33223787e5071eee797c14da89e6b3a4aba1df0ee');
INSERT INTO change VALUES(48,'2026-11-28T14:31:34.245Z','Officer Invented','counter-1','meeting close',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','dbeb2c2d02cbd539336faeb9b1f6ff498c6bf538150f2a72734470ca542b6d51');
INSERT INTO change VALUES(49,'2026-11-28T14:31:36.257Z','Officer Invented','counter-1','resident add --name --nationality --passport',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','cea0caddb4713eeddf456b17b96fc65f1a17c34ede8a199dc53b9fa5c35e8557');
INSERT INTO change VALUES(50,'2026-11-28T14:31:38.283Z','Officer Invented','counter-1','resident remove --yes',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','eb2b2a90d3bd11494d8210c1ff6bc4eb748168cc41d503704e7bd5c3cabb2c85');
INSERT INTO change VALUES(51,'2026-11-28T14:31:40.283Z','Officer Invented','counter-1','letters --before --sponsor --output --force',NULL,'f21f9507b1a768c375943e274f13fc8722a5a6ad135843957ba97d2df4b2c3bb','a56251f725f04d6bcb9a9bd9da162446b8d59a69e0e1dbe505b4df3960320491');
CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;
INSERT INTO setting VALUES('time_zone','Asia/Jakarta',1);
INSERT INTO setting VALUES('default_window','30d',1);
INSERT INTO setting VALUES('clock_tolerance','60',1);
INSERT INTO setting VALUES('rank_weights','residents=1',1);
INSERT INTO setting VALUES('office_name','Kantor Rekaan',22);
CREATE TABLE country (
    code TEXT PRIMARY KEY, -- ICAO 9303, as in a passport's machine-readable lines: Germany is D
    iso3 TEXT,
    iso2 TEXT,
    name_id TEXT NOT NULL,
    name_en TEXT NOT NULL,
    source TEXT NOT NULL
) STRICT;
INSERT INTO country VALUES('ABW','ABW','AW','Aruba','Aruba','iso');
INSERT INTO country VALUES('AFG','AFG','AF','Afganistan','Afghanistan','iso');
INSERT INTO country VALUES('AGO','AGO','AO','Angola','Angola','iso');
INSERT INTO country VALUES('AIA','AIA','AI','Anguilla','Anguilla','iso');
INSERT INTO country VALUES('ALA','ALA','AX','Kepulauan Aland','Åland Islands','iso');
INSERT INTO country VALUES('ALB','ALB','AL','Albania','Albania','iso');
INSERT INTO country VALUES('AND','AND','AD','Andorra','Andorra','iso');
INSERT INTO country VALUES('ARE','ARE','AE','Uni Emirat Arab','United Arab Emirates','iso');
INSERT INTO country VALUES('ARG','ARG','AR','Argentina','Argentina','iso');
INSERT INTO country VALUES('ARM','ARM','AM','Armenia','Armenia','iso');
INSERT INTO country VALUES('ASM','ASM','AS','Samoa Amerika','American Samoa','iso');
INSERT INTO country VALUES('ATA','ATA','AQ','Antarktika','Antarctica','iso');
INSERT INTO country VALUES('ATF','ATF','TF','Wilayah Selatan Prancis','French Southern Territories','iso');
INSERT INTO country VALUES('ATG','ATG','AG','Antigua dan Barbuda','Antigua & Barbuda','iso');
INSERT INTO country VALUES('AUS','AUS','AU','Australia','Australia','iso');
INSERT INTO country VALUES('AUT','AUT','AT','Austria','Austria','iso');
INSERT INTO country VALUES('AZE','AZE','AZ','Azerbaijan','Azerbaijan','iso');
INSERT INTO country VALUES('BDI','BDI','BI','Burundi','Burundi','iso');
INSERT INTO country VALUES('BEL','BEL','BE','Belgia','Belgium','iso');
INSERT INTO country VALUES('BEN','BEN','BJ','Benin','Benin','iso');
INSERT INTO country VALUES('BES','BES','BQ','Belanda Karibia','Caribbean Netherlands','iso');
INSERT INTO country VALUES('BFA','BFA','BF','Burkina Faso','Burkina Faso','iso');
INSERT INTO country VALUES('BGD','BGD','BD','Bangladesh','Bangladesh','iso');
INSERT INTO country VALUES('BGR','BGR','BG','Bulgaria','Bulgaria','iso');
INSERT INTO country VALUES('BHR','BHR','BH','Bahrain','Bahrain','iso');
INSERT INTO country VALUES('BHS','BHS','BS','Bahama','Bahamas','iso');
INSERT INTO country VALUES('BIH','BIH','BA','Bosnia dan Herzegovina','Bosnia & Herzegovina','iso');
INSERT INTO country VALUES('BLM','BLM','BL','Saint Barthélemy','St. Barthélemy','iso');
INSERT INTO country VALUES('BLR','BLR','BY','Belarus','Belarus','iso');
INSERT INTO country VALUES('BLZ','BLZ','BZ','Belize','Belize','iso');
INSERT INTO country VALUES('BMU','BMU','BM','Bermuda','Bermuda','iso');
INSERT INTO country VALUES('BOL','BOL','BO','Bolivia','Bolivia','iso');
INSERT INTO country VALUES('BRA','BRA','BR','Brasil','Brazil','iso');
INSERT INTO country VALUES('BRB','BRB','BB','Barbados','Barbados','iso');
INSERT INTO country VALUES('BRN','BRN','BN','Brunei','Brunei','iso');
INSERT INTO country VALUES('BTN','BTN','BT','Bhutan','Bhutan','iso');
INSERT INTO country VALUES('BVT','BVT','BV','Pulau Bouvet','Bouvet Island','iso');
INSERT INTO country VALUES('BWA','BWA','BW','Botswana','Botswana','iso');
INSERT INTO country VALUES('CAF','CAF','CF','Republik Afrika Tengah','Central African Republic','iso');
INSERT INTO country VALUES('CAN','CAN','CA','Kanada','Canada','iso');
INSERT INTO country VALUES('CCK','CCK','CC','Kepulauan Cocos (Keeling)','Cocos (Keeling) Islands','iso');
INSERT INTO country VALUES('CHE','CHE','CH','Swiss','Switzerland','iso');
INSERT INTO country VALUES('CHL','CHL','CL','Cile','Chile','iso');
INSERT INTO country VALUES('CHN','CHN','CN','Tiongkok','China','iso');
INSERT INTO country VALUES('CIV','CIV','CI','Côte d’Ivoire','Côte d’Ivoire','iso');
INSERT INTO country VALUES('CMR','CMR','CM','Kamerun','Cameroon','iso');
INSERT INTO country VALUES('COD','COD','CD','Kongo - Kinshasa','Congo - Kinshasa','iso');
INSERT INTO country VALUES('COG','COG','CG','Kongo - Brazzaville','Congo - Brazzaville','iso');
INSERT INTO country VALUES('COK','COK','CK','Kepulauan Cook','Cook Islands','iso');
INSERT INTO country VALUES('COL','COL','CO','Kolombia','Colombia','iso');
INSERT INTO country VALUES('COM','COM','KM','Komoro','Comoros','iso');
INSERT INTO country VALUES('CPV','CPV','CV','Tanjung Verde','Cape Verde','iso');
INSERT INTO country VALUES('CRI','CRI','CR','Kosta Rika','Costa Rica','iso');
INSERT INTO country VALUES('CUB','CUB','CU','Kuba','Cuba','iso');
INSERT INTO country VALUES('CUW','CUW','CW','Curaçao','Curaçao','iso');
INSERT INTO country VALUES('CXR','CXR','CX','Pulau Natal','Christmas Island','iso');
INSERT INTO country VALUES('CYM','CYM','KY','Kepulauan Cayman','Cayman Islands','iso');
INSERT INTO country VALUES('CYP','CYP','CY','Siprus','Cyprus','iso');
INSERT INTO country VALUES('CZE','CZE','CZ','Ceko','Czechia','iso');
INSERT INTO country VALUES('D','DEU','DE','Jerman','Germany','iso');
INSERT INTO country VALUES('DJI','DJI','DJ','Jibuti','Djibouti','iso');
INSERT INTO country VALUES('DMA','DMA','DM','Dominika','Dominica','iso');
INSERT INTO country VALUES('DNK','DNK','DK','Denmark','Denmark','iso');
INSERT INTO country VALUES('DOM','DOM','DO','Republik Dominika','Dominican Republic','iso');
INSERT INTO country VALUES('DZA','DZA','DZ','Aljazair','Algeria','iso');
INSERT INTO country VALUES('ECU','ECU','EC','Ekuador','Ecuador','iso');
INSERT INTO country VALUES('EGY','EGY','EG','Mesir','Egypt','iso');
INSERT INTO country VALUES('ERI','ERI','ER','Eritrea','Eritrea','iso');
INSERT INTO country VALUES('ESH','ESH','EH','Sahara Barat','Western Sahara','iso');
INSERT INTO country VALUES('ESP','ESP','ES','Spanyol','Spain','iso');
INSERT INTO country VALUES('EST','EST','EE','Estonia','Estonia','iso');
INSERT INTO country VALUES('ETH','ETH','ET','Etiopia','Ethiopia','iso');
INSERT INTO country VALUES('FIN','FIN','FI','Finlandia','Finland','iso');
INSERT INTO country VALUES('FJI','FJI','FJ','Fiji','Fiji','iso');
INSERT INTO country VALUES('FLK','FLK','FK','Kepulauan Falkland','Falkland Islands','iso');
INSERT INTO country VALUES('FRA','FRA','FR','Prancis','France','iso');
INSERT INTO country VALUES('FRO','FRO','FO','Kepulauan Faroe','Faroe Islands','iso');
INSERT INTO country VALUES('FSM','FSM','FM','Mikronesia','Micronesia','iso');
INSERT INTO country VALUES('GAB','GAB','GA','Gabon','Gabon','iso');
INSERT INTO country VALUES('GBR','GBR','GB','Inggris Raya','United Kingdom','iso');
INSERT INTO country VALUES('GEO','GEO','GE','Georgia','Georgia','iso');
INSERT INTO country VALUES('GGY','GGY','GG','Guernsey','Guernsey','iso');
INSERT INTO country VALUES('GHA','GHA','GH','Ghana','Ghana','iso');
INSERT INTO country VALUES('GIB','GIB','GI','Gibraltar','Gibraltar','iso');
INSERT INTO country VALUES('GIN','GIN','GN','Guinea','Guinea','iso');
INSERT INTO country VALUES('GLP','GLP','GP','Guadeloupe','Guadeloupe','iso');
INSERT INTO country VALUES('GMB','GMB','GM','Gambia','Gambia','iso');
INSERT INTO country VALUES('GNB','GNB','GW','Guinea-Bissau','Guinea-Bissau','iso');
INSERT INTO country VALUES('GNQ','GNQ','GQ','Guinea Ekuatorial','Equatorial Guinea','iso');
INSERT INTO country VALUES('GRC','GRC','GR','Yunani','Greece','iso');
INSERT INTO country VALUES('GRD','GRD','GD','Grenada','Grenada','iso');
INSERT INTO country VALUES('GRL','GRL','GL','Greenland','Greenland','iso');
INSERT INTO country VALUES('GTM','GTM','GT','Guatemala','Guatemala','iso');
INSERT INTO country VALUES('GUF','GUF','GF','Guyana Prancis','French Guiana','iso');
INSERT INTO country VALUES('GUM','GUM','GU','Guam','Guam','iso');
INSERT INTO country VALUES('GUY','GUY','GY','Guyana','Guyana','iso');
INSERT INTO country VALUES('HKG','HKG','HK','Hong Kong DAK Tiongkok','Hong Kong SAR China','iso');
INSERT INTO country VALUES('HMD','HMD','HM','Pulau Heard dan Kepulauan McDonald','Heard & McDonald Islands','iso');
INSERT INTO country VALUES('HND','HND','HN','Honduras','Honduras','iso');
INSERT INTO country VALUES('HRV','HRV','HR','Kroasia','Croatia','iso');
INSERT INTO country VALUES('HTI','HTI','HT','Haiti','Haiti','iso');
INSERT INTO country VALUES('HUN','HUN','HU','Hungaria','Hungary','iso');
INSERT INTO country VALUES('IDN','IDN','ID','Indonesia','Indonesia','iso');
INSERT INTO country VALUES('IMN','IMN','IM','Pulau Man','Isle of Man','iso');
INSERT INTO country VALUES('IND','IND','IN','India','India','iso');
INSERT INTO country VALUES('IOT','IOT','IO','Wilayah Inggris di Samudra Hindia','British Indian Ocean Territory','iso');
INSERT INTO country VALUES('IRL','IRL','IE','Irlandia','Ireland','iso');
INSERT INTO country VALUES('IRN','IRN','IR','Iran','Iran','iso');
INSERT INTO country VALUES('IRQ','IRQ','IQ','Irak','Iraq','iso');
INSERT INTO country VALUES('ISL','ISL','IS','Islandia','Iceland','iso');
INSERT INTO country VALUES('ISR','ISR','IL','Israel','Israel','iso');
INSERT INTO country VALUES('ITA','ITA','IT','Italia','Italy','iso');
INSERT INTO country VALUES('JAM','JAM','JM','Jamaika','Jamaica','iso');
INSERT INTO country VALUES('JEY','JEY','JE','Jersey','Jersey','iso');
INSERT INTO country VALUES('JOR','JOR','JO','Yordania','Jordan','iso');
INSERT INTO country VALUES('JPN','JPN','JP','Jepang','Japan','iso');
INSERT INTO country VALUES('KAZ','KAZ','KZ','Kazakhstan','Kazakhstan','iso');
INSERT INTO country VALUES('KEN','KEN','KE','Kenya','Kenya','iso');
INSERT INTO country VALUES('KGZ','KGZ','KG','Kirgizstan','Kyrgyzstan','iso');
INSERT INTO country VALUES('KHM','KHM','KH','Kamboja','Cambodia','iso');
INSERT INTO country VALUES('KIR','KIR','KI','Kiribati','Kiribati','iso');
INSERT INTO country VALUES('KNA','KNA','KN','Saint Kitts dan Nevis','St. Kitts & Nevis','iso');
INSERT INTO country VALUES('KOR','KOR','KR','Korea Selatan','South Korea','iso');
INSERT INTO country VALUES('KWT','KWT','KW','Kuwait','Kuwait','iso');
INSERT INTO country VALUES('LAO','LAO','LA','Laos','Laos','iso');
INSERT INTO country VALUES('LBN','LBN','LB','Lebanon','Lebanon','iso');
INSERT INTO country VALUES('LBR','LBR','LR','Liberia','Liberia','iso');
INSERT INTO country VALUES('LBY','LBY','LY','Libya','Libya','iso');
INSERT INTO country VALUES('LCA','LCA','LC','Saint Lucia','St. Lucia','iso');
INSERT INTO country VALUES('LIE','LIE','LI','Liechtenstein','Liechtenstein','iso');
INSERT INTO country VALUES('LKA','LKA','LK','Sri Lanka','Sri Lanka','iso');
INSERT INTO country VALUES('LSO','LSO','LS','Lesotho','Lesotho','iso');
INSERT INTO country VALUES('LTU','LTU','LT','Lituania','Lithuania','iso');
INSERT INTO country VALUES('LUX','LUX','LU','Luksemburg','Luxembourg','iso');
INSERT INTO country VALUES('LVA','LVA','LV','Latvia','Latvia','iso');
INSERT INTO country VALUES('MAC','MAC','MO','Makau DAK Tiongkok','Macao SAR China','iso');
INSERT INTO country VALUES('MAF','MAF','MF','Saint Martin','St. Martin','iso');
INSERT INTO country VALUES('MAR','MAR','MA','Maroko','Morocco','iso');
INSERT INTO country VALUES('MCO','MCO','MC','Monako','Monaco','iso');
INSERT INTO country VALUES('MDA','MDA','MD','Moldova','Moldova','iso');
INSERT INTO country VALUES('MDG','MDG','MG','Madagaskar','Madagascar','iso');
INSERT INTO country VALUES('MDV','MDV','MV','Maladewa','Maldives','iso');
INSERT INTO country VALUES('MEX','MEX','MX','Meksiko','Mexico','iso');
INSERT INTO country VALUES('MHL','MHL','MH','Kepulauan Marshall','Marshall Islands','iso');
INSERT INTO country VALUES('MKD','MKD','MK','Makedonia Utara','North Macedonia','iso');
INSERT INTO country VALUES('MLI','MLI','ML','Mali','Mali','iso');
INSERT INTO country VALUES('MLT','MLT','MT','Malta','Malta','iso');
INSERT INTO country VALUES('MMR','MMR','MM','Myanmar (Burma)','Myanmar (Burma)','iso');
INSERT INTO country VALUES('MNE','MNE','ME','Montenegro','Montenegro','iso');
INSERT INTO country VALUES('MNG','MNG','MN','Mongolia','Mongolia','iso');
INSERT INTO country VALUES('MNP','MNP','MP','Kepulauan Mariana Utara','Northern Mariana Islands','iso');
INSERT INTO country VALUES('MOZ','MOZ','MZ','Mozambik','Mozambique','iso');
INSERT INTO country VALUES('MRT','MRT','MR','Mauritania','Mauritania','iso');
INSERT INTO country VALUES('MSR','MSR','MS','Montserrat','Montserrat','iso');
INSERT INTO country VALUES('MTQ','MTQ','MQ','Martinik','Martinique','iso');
INSERT INTO country VALUES('MUS','MUS','MU','Mauritius','Mauritius','iso');
INSERT INTO country VALUES('MWI','MWI','MW','Malawi','Malawi','iso');
INSERT INTO country VALUES('MYS','MYS','MY','Malaysia','Malaysia','iso');
INSERT INTO country VALUES('MYT','MYT','YT','Mayotte','Mayotte','iso');
INSERT INTO country VALUES('NAM','NAM','NA','Namibia','Namibia','iso');
INSERT INTO country VALUES('NCL','NCL','NC','Kaledonia Baru','New Caledonia','iso');
INSERT INTO country VALUES('NER','NER','NE','Niger','Niger','iso');
INSERT INTO country VALUES('NFK','NFK','NF','Kepulauan Norfolk','Norfolk Island','iso');
INSERT INTO country VALUES('NGA','NGA','NG','Nigeria','Nigeria','iso');
INSERT INTO country VALUES('NIC','NIC','NI','Nikaragua','Nicaragua','iso');
INSERT INTO country VALUES('NIU','NIU','NU','Niue','Niue','iso');
INSERT INTO country VALUES('NLD','NLD','NL','Belanda','Netherlands','iso');
INSERT INTO country VALUES('NOR','NOR','NO','Norwegia','Norway','iso');
INSERT INTO country VALUES('NPL','NPL','NP','Nepal','Nepal','iso');
INSERT INTO country VALUES('NRU','NRU','NR','Nauru','Nauru','iso');
INSERT INTO country VALUES('NZL','NZL','NZ','Selandia Baru','New Zealand','iso');
INSERT INTO country VALUES('OMN','OMN','OM','Oman','Oman','iso');
INSERT INTO country VALUES('PAK','PAK','PK','Pakistan','Pakistan','iso');
INSERT INTO country VALUES('PAN','PAN','PA','Panama','Panama','iso');
INSERT INTO country VALUES('PCN','PCN','PN','Kepulauan Pitcairn','Pitcairn Islands','iso');
INSERT INTO country VALUES('PER','PER','PE','Peru','Peru','iso');
INSERT INTO country VALUES('PHL','PHL','PH','Filipina','Philippines','iso');
INSERT INTO country VALUES('PLW','PLW','PW','Palau','Palau','iso');
INSERT INTO country VALUES('PNG','PNG','PG','Papua Nugini','Papua New Guinea','iso');
INSERT INTO country VALUES('POL','POL','PL','Polandia','Poland','iso');
INSERT INTO country VALUES('PRI','PRI','PR','Puerto Riko','Puerto Rico','iso');
INSERT INTO country VALUES('PRK','PRK','KP','Korea Utara','North Korea','iso');
INSERT INTO country VALUES('PRT','PRT','PT','Portugal','Portugal','iso');
INSERT INTO country VALUES('PRY','PRY','PY','Paraguay','Paraguay','iso');
INSERT INTO country VALUES('PSE','PSE','PS','Wilayah Palestina','Palestinian Territories','iso');
INSERT INTO country VALUES('PYF','PYF','PF','Polinesia Prancis','French Polynesia','iso');
INSERT INTO country VALUES('QAT','QAT','QA','Qatar','Qatar','iso');
INSERT INTO country VALUES('REU','REU','RE','Réunion','Réunion','iso');
INSERT INTO country VALUES('ROU','ROU','RO','Rumania','Romania','iso');
INSERT INTO country VALUES('RUS','RUS','RU','Rusia','Russia','iso');
INSERT INTO country VALUES('RWA','RWA','RW','Rwanda','Rwanda','iso');
INSERT INTO country VALUES('SAU','SAU','SA','Arab Saudi','Saudi Arabia','iso');
INSERT INTO country VALUES('SDN','SDN','SD','Sudan','Sudan','iso');
INSERT INTO country VALUES('SEN','SEN','SN','Senegal','Senegal','iso');
INSERT INTO country VALUES('SGP','SGP','SG','Singapura','Singapore','iso');
INSERT INTO country VALUES('SGS','SGS','GS','Georgia Selatan & Kep. Sandwich Selatan','South Georgia & South Sandwich Islands','iso');
INSERT INTO country VALUES('SHN','SHN','SH','Saint Helena','St. Helena','iso');
INSERT INTO country VALUES('SJM','SJM','SJ','Kepulauan Svalbard dan Jan Mayen','Svalbard & Jan Mayen','iso');
INSERT INTO country VALUES('SLB','SLB','SB','Kepulauan Solomon','Solomon Islands','iso');
INSERT INTO country VALUES('SLE','SLE','SL','Sierra Leone','Sierra Leone','iso');
INSERT INTO country VALUES('SLV','SLV','SV','El Salvador','El Salvador','iso');
INSERT INTO country VALUES('SMR','SMR','SM','San Marino','San Marino','iso');
INSERT INTO country VALUES('SOM','SOM','SO','Somalia','Somalia','iso');
INSERT INTO country VALUES('SPM','SPM','PM','Saint Pierre dan Miquelon','St. Pierre & Miquelon','iso');
INSERT INTO country VALUES('SRB','SRB','RS','Serbia','Serbia','iso');
INSERT INTO country VALUES('SSD','SSD','SS','Sudan Selatan','South Sudan','iso');
INSERT INTO country VALUES('STP','STP','ST','Sao Tome dan Principe','São Tomé & Príncipe','iso');
INSERT INTO country VALUES('SUR','SUR','SR','Suriname','Suriname','iso');
INSERT INTO country VALUES('SVK','SVK','SK','Slovakia','Slovakia','iso');
INSERT INTO country VALUES('SVN','SVN','SI','Slovenia','Slovenia','iso');
INSERT INTO country VALUES('SWE','SWE','SE','Swedia','Sweden','iso');
INSERT INTO country VALUES('SWZ','SWZ','SZ','eSwatini','Eswatini','iso');
INSERT INTO country VALUES('SXM','SXM','SX','Sint Maarten','Sint Maarten','iso');
INSERT INTO country VALUES('SYC','SYC','SC','Seychelles','Seychelles','iso');
INSERT INTO country VALUES('SYR','SYR','SY','Suriah','Syria','iso');
INSERT INTO country VALUES('TCA','TCA','TC','Kepulauan Turks dan Caicos','Turks & Caicos Islands','iso');
INSERT INTO country VALUES('TCD','TCD','TD','Chad','Chad','iso');
INSERT INTO country VALUES('TGO','TGO','TG','Togo','Togo','iso');
INSERT INTO country VALUES('THA','THA','TH','Thailand','Thailand','iso');
INSERT INTO country VALUES('TJK','TJK','TJ','Tajikistan','Tajikistan','iso');
INSERT INTO country VALUES('TKL','TKL','TK','Tokelau','Tokelau','iso');
INSERT INTO country VALUES('TKM','TKM','TM','Turkmenistan','Turkmenistan','iso');
INSERT INTO country VALUES('TLS','TLS','TL','Timor Leste','Timor-Leste','iso');
INSERT INTO country VALUES('TON','TON','TO','Tonga','Tonga','iso');
INSERT INTO country VALUES('TTO','TTO','TT','Trinidad dan Tobago','Trinidad & Tobago','iso');
INSERT INTO country VALUES('TUN','TUN','TN','Tunisia','Tunisia','iso');
INSERT INTO country VALUES('TUR','TUR','TR','Turki','Türkiye','iso');
INSERT INTO country VALUES('TUV','TUV','TV','Tuvalu','Tuvalu','iso');
INSERT INTO country VALUES('TWN','TWN','TW','Taiwan','Taiwan','iso');
INSERT INTO country VALUES('TZA','TZA','TZ','Tanzania','Tanzania','iso');
INSERT INTO country VALUES('UGA','UGA','UG','Uganda','Uganda','iso');
INSERT INTO country VALUES('UKR','UKR','UA','Ukraina','Ukraine','iso');
INSERT INTO country VALUES('UMI','UMI','UM','Kepulauan Terluar AS','U.S. Outlying Islands','iso');
INSERT INTO country VALUES('URY','URY','UY','Uruguay','Uruguay','iso');
INSERT INTO country VALUES('USA','USA','US','Amerika Serikat','United States','iso');
INSERT INTO country VALUES('UZB','UZB','UZ','Uzbekistan','Uzbekistan','iso');
INSERT INTO country VALUES('VAT','VAT','VA','Vatikan','Vatican City','iso');
INSERT INTO country VALUES('VCT','VCT','VC','Saint Vincent dan Grenadine','St. Vincent & Grenadines','iso');
INSERT INTO country VALUES('VEN','VEN','VE','Venezuela','Venezuela','iso');
INSERT INTO country VALUES('VGB','VGB','VG','Kepulauan Virgin Britania Raya','British Virgin Islands','iso');
INSERT INTO country VALUES('VIR','VIR','VI','Kepulauan Virgin Amerika Serikat','U.S. Virgin Islands','iso');
INSERT INTO country VALUES('VNM','VNM','VN','Vietnam','Vietnam','iso');
INSERT INTO country VALUES('VUT','VUT','VU','Vanuatu','Vanuatu','iso');
INSERT INTO country VALUES('WLF','WLF','WF','Kepulauan Wallis dan Futuna','Wallis & Futuna','iso');
INSERT INTO country VALUES('WSM','WSM','WS','Samoa','Samoa','iso');
INSERT INTO country VALUES('YEM','YEM','YE','Yaman','Yemen','iso');
INSERT INTO country VALUES('ZAF','ZAF','ZA','Afrika Selatan','South Africa','iso');
INSERT INTO country VALUES('ZMB','ZMB','ZM','Zambia','Zambia','iso');
INSERT INTO country VALUES('ZWE','ZWE','ZW','Zimbabwe','Zimbabwe','iso');
INSERT INTO country VALUES('EUE',NULL,NULL,'Uni Eropa (laissez-passer)','European Union','icao');
INSERT INTO country VALUES('GBD',NULL,NULL,'Inggris - Overseas Territories Citizen','British Overseas Territories Citizen','icao');
INSERT INTO country VALUES('GBN',NULL,NULL,'Inggris - National (Overseas)','British National (Overseas)','icao');
INSERT INTO country VALUES('GBO',NULL,NULL,'Inggris - Overseas Citizen','British Overseas Citizen','icao');
INSERT INTO country VALUES('GBP',NULL,NULL,'Inggris - Protected Person','British Protected Person','icao');
INSERT INTO country VALUES('GBS',NULL,NULL,'Inggris - Subject','British Subject','icao');
INSERT INTO country VALUES('RKS',NULL,NULL,'Kosovo','Republic of Kosovo','icao');
INSERT INTO country VALUES('XKX',NULL,NULL,'Kosovo (kode pengganti)','Kosovo (user-assigned)','non-icao');
INSERT INTO country VALUES('UNO',NULL,NULL,'PBB (laissez-passer)','United Nations Organization','icao');
INSERT INTO country VALUES('UNA',NULL,NULL,'Badan khusus PBB','UN specialized agency','icao');
INSERT INTO country VALUES('UNK',NULL,NULL,'Penduduk Kosovo (UNMIK)','Resident of Kosovo (UNMIK)','icao');
INSERT INTO country VALUES('XOM',NULL,NULL,'Ordo Militer Malta','Sovereign Military Order of Malta','icao');
INSERT INTO country VALUES('XPO',NULL,NULL,'Interpol','Interpol','icao');
INSERT INTO country VALUES('XXA',NULL,NULL,'Tanpa kewarganegaraan (Konvensi 1954)','Stateless person','icao');
INSERT INTO country VALUES('XXB',NULL,NULL,'Pengungsi (Konvensi 1951)','Refugee (1951 Convention)','icao');
INSERT INTO country VALUES('XXC',NULL,NULL,'Pengungsi (lainnya)','Refugee (other)','icao');
INSERT INTO country VALUES('XXX',NULL,NULL,'Kewarganegaraan tidak diketahui','Unspecified nationality','icao');
CREATE TABLE country_alias (
    alias TEXT PRIMARY KEY, -- folded as names are folded
    code TEXT NOT NULL REFERENCES country (code)
) STRICT;
INSERT INTO country_alias VALUES('rrc','CHN');
INSERT INTO country_alias VALUES('rrt','CHN');
INSERT INTO country_alias VALUES('rrt (tiongkok)','CHN');
INSERT INTO country_alias VALUES('republik rakyat tiongkok','CHN');
INSERT INTO country_alias VALUES('republik rakyat china','CHN');
INSERT INTO country_alias VALUES('cina','CHN');
INSERT INTO country_alias VALUES('prc','CHN');
INSERT INTO country_alias VALUES('inggris','GBR');
INSERT INTO country_alias VALUES('britania raya','GBR');
INSERT INTO country_alias VALUES('great britain','GBR');
INSERT INTO country_alias VALUES('uk','GBR');
INSERT INTO country_alias VALUES('england','GBR');
INSERT INTO country_alias VALUES('british','GBR');
INSERT INTO country_alias VALUES('korsel','KOR');
INSERT INTO country_alias VALUES('republic of korea','KOR');
INSERT INTO country_alias VALUES('korea utara','PRK');
INSERT INTO country_alias VALUES('as','USA');
INSERT INTO country_alias VALUES('amerika','USA');
INSERT INTO country_alias VALUES('us','USA');
INSERT INTO country_alias VALUES('united states of america','USA');
INSERT INTO country_alias VALUES('american','USA');
INSERT INTO country_alias VALUES('holland','NLD');
INSERT INTO country_alias VALUES('the netherlands','NLD');
INSERT INTO country_alias VALUES('dutch','NLD');
INSERT INTO country_alias VALUES('german','D');
INSERT INTO country_alias VALUES('republik federal jerman','D');
INSERT INTO country_alias VALUES('rusia','RUS');
INSERT INTO country_alias VALUES('russia','RUS');
INSERT INTO country_alias VALUES('russian federation','RUS');
INSERT INTO country_alias VALUES('federasi rusia','RUS');
INSERT INTO country_alias VALUES('viet nam','VNM');
INSERT INTO country_alias VALUES('republik ceko','CZE');
INSERT INTO country_alias VALUES('czech republic','CZE');
INSERT INTO country_alias VALUES('turkey','TUR');
INSERT INTO country_alias VALUES('saudi','SAU');
INSERT INTO country_alias VALUES('uea','ARE');
INSERT INTO country_alias VALUES('uae','ARE');
INSERT INTO country_alias VALUES('taiwan (roc)','TWN');
INSERT INTO country_alias VALUES('hongkong','HKG');
INSERT INTO country_alias VALUES('hong kong','HKG');
INSERT INTO country_alias VALUES('burma','MMR');
INSERT INTO country_alias VALUES('birma','MMR');
INSERT INTO country_alias VALUES('png','PNG');
INSERT INTO country_alias VALUES('east timor','TLS');
INSERT INTO country_alias VALUES('pantai gading','CIV');
INSERT INTO country_alias VALUES('ivory coast','CIV');
INSERT INTO country_alias VALUES('stateless','XXA');
INSERT INTO country_alias VALUES('tanpa kewarganegaraan','XXA');
INSERT INTO country_alias VALUES('tanpa negara','XXA');
INSERT INTO country_alias VALUES('refugee','XXB');
INSERT INTO country_alias VALUES('pengungsi','XXB');
INSERT INTO country_alias VALUES('myanmar','MMR');
INSERT INTO country_alias VALUES('palestina','PSE');
INSERT INTO country_alias VALUES('palestine','PSE');
INSERT INTO country_alias VALUES('macau','MAC');
INSERT INTO country_alias VALUES('makau','MAC');
INSERT INTO country_alias VALUES('republik korea','KOR');
INSERT INTO country_alias VALUES('brunei darussalam','BRN');
INSERT INTO country_alias VALUES('hongaria','HUN');
INSERT INTO country_alias VALUES('bosnia','BIH');
INSERT INTO country_alias VALUES('makedonia','MKD');
INSERT INTO country_alias VALUES('north macedonia','MKD');
INSERT INTO country_alias VALUES('republik demokratik kongo','COD');
INSERT INTO country_alias VALUES('republik kongo','COG');
CREATE TABLE permit_group (
    code TEXT PRIMARY KEY,
    position INTEGER NOT NULL UNIQUE,
    name_id TEXT NOT NULL,
    name_en TEXT NOT NULL
) STRICT;
INSERT INTO permit_group VALUES('KITAP',1,'Izin tinggal tetap','Permanent stay');
INSERT INTO permit_group VALUES('KITAS',2,'Izin tinggal terbatas','Limited stay');
INSERT INTO permit_group VALUES('VISIT',3,'Izin tinggal kunjungan','Visit');
INSERT INTO permit_group VALUES('ITKT',4,'Keadaan terpaksa','Emergency');
INSERT INTO permit_group VALUES('OFFICIAL',5,'Diplomatik dan dinas','Diplomatic and service');
INSERT INTO permit_group VALUES('NONE',6,'Tanpa izin berlaku','Without a current permit');
CREATE TABLE permit_class (
    code TEXT PRIMARY KEY,
    group_code TEXT NOT NULL REFERENCES permit_group (code),
    position INTEGER NOT NULL UNIQUE,
    name_id TEXT NOT NULL,
    name_en TEXT NOT NULL
) STRICT;
INSERT INTO permit_class VALUES('KITAP','KITAP',1,'Izin tinggal tetap','Permanent stay permit');
INSERT INTO permit_class VALUES('KITAS','KITAS',2,'Izin tinggal terbatas','Limited stay permit');
INSERT INTO permit_class VALUES('ITK','VISIT',3,'Izin tinggal kunjungan','Visit permit');
INSERT INTO permit_class VALUES('PERALIHAN','VISIT',4,'Izin tinggal kunjungan peralihan','Bridging visit permit');
INSERT INTO permit_class VALUES('VOA','VISIT',5,'Izin kunjungan saat kedatangan','Visa on arrival');
INSERT INTO permit_class VALUES('BVK','VISIT',6,'Bebas visa kunjungan','Visa-free visit');
INSERT INTO permit_class VALUES('ITKT','ITKT',7,'Izin tinggal keadaan terpaksa','Emergency stay permit');
INSERT INTO permit_class VALUES('DIPLOMATIK','OFFICIAL',8,'Izin tinggal diplomatik','Diplomatic stay permit');
INSERT INTO permit_class VALUES('DINAS','OFFICIAL',9,'Izin tinggal dinas','Service stay permit');
CREATE TABLE purpose (
    code TEXT PRIMARY KEY,
    name_id TEXT NOT NULL,
    name_en TEXT NOT NULL
) STRICT;
INSERT INTO purpose VALUES('WORK','Bekerja','Work');
INSERT INTO purpose VALUES('FAMILY','Penyatuan keluarga','Family reunification');
INSERT INTO purpose VALUES('STUDY','Pelajar','Study');
INSERT INTO purpose VALUES('INVESTOR','Investor','Investor');
INSERT INTO purpose VALUES('RETIREE','Lansia','Retiree');
INSERT INTO purpose VALUES('WATERS','Perairan','Work at sea');
INSERT INTO purpose VALUES('SECOND_HOME','Rumah kedua','Second home');
INSERT INTO purpose VALUES('REMOTE_WORK','Pekerja jarak jauh','Remote work');
INSERT INTO purpose VALUES('TOURISM','Wisata','Tourism');
INSERT INTO purpose VALUES('BUSINESS','Usaha','Business');
INSERT INTO purpose VALUES('SOCIAL','Sosial budaya','Social and cultural');
INSERT INTO purpose VALUES('RESEARCH','Penelitian','Research');
INSERT INTO purpose VALUES('RELIGION','Rohaniwan','Religious work');
INSERT INTO purpose VALUES('FORMER_CITIZEN','Eks WNI','Former Indonesian citizen');
CREATE TABLE province (
    code TEXT PRIMARY KEY
        CONSTRAINT province_code_is_kemendagri CHECK (code GLOB '[0-9][0-9]'),
    name TEXT NOT NULL,
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;
INSERT INTO province VALUES('19','Kepulauan Bangka Belitung',1);
CREATE TABLE regency (
    code TEXT PRIMARY KEY
        CONSTRAINT regency_code_is_kemendagri CHECK (code GLOB '[0-9][0-9].[0-9][0-9]'),
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    province_code TEXT NOT NULL REFERENCES province (code),
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;
INSERT INTO regency VALUES('19.02','Kabupaten Belitung','belitung','19',1);
INSERT INTO regency VALUES('19.06','Kabupaten Belitung Timur','belitungtimur','19',1);
CREATE TABLE district (
    code TEXT PRIMARY KEY
        CONSTRAINT district_code_is_kemendagri CHECK (code GLOB '[0-9][0-9].[0-9][0-9].[0-9][0-9]'),
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    regency_code TEXT NOT NULL REFERENCES regency (code),
    ours INTEGER NOT NULL -- 1: in the office's working area, so it has its row in every count
        CONSTRAINT district_ours_is_a_flag CHECK (ours IN (0, 1)),
    change_id INTEGER NOT NULL REFERENCES change (id)
, from_on TEXT
    CONSTRAINT district_from_is_a_date CHECK (from_on IS date(from_on, '+0 days')), until_on TEXT
    CONSTRAINT district_until_is_a_date CHECK (until_on IS date(until_on, '+0 days')), split_from TEXT REFERENCES district (code)) STRICT;
INSERT INTO district VALUES('19.02.01','Tanjungpandan','tanjungpandan','19.02',1,1,NULL,NULL,NULL);
INSERT INTO district VALUES('19.02.04','Sijuk','sijuk','19.02',1,1,NULL,NULL,NULL);
INSERT INTO district VALUES('19.06.01','Manggar','manggar','19.06',1,1,NULL,NULL,NULL);
CREATE TABLE village (
    code TEXT PRIMARY KEY
        CONSTRAINT village_code_is_kemendagri
        CHECK (code GLOB '[0-9][0-9].[0-9][0-9].[0-9][0-9].[0-9][0-9][0-9][0-9]'),
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    kind TEXT NOT NULL
        CONSTRAINT village_kind_is_known CHECK (kind IN ('kelurahan', 'desa', 'desa adat')),
    district_code TEXT NOT NULL REFERENCES district (code),
    change_id INTEGER NOT NULL REFERENCES change (id)
, from_on TEXT
    CONSTRAINT village_from_is_a_date CHECK (from_on IS date(from_on, '+0 days')), until_on TEXT
    CONSTRAINT village_until_is_a_date CHECK (until_on IS date(until_on, '+0 days')), split_from TEXT REFERENCES village (code)) STRICT;
INSERT INTO village VALUES('19.02.01.1001','Parit','parit','kelurahan','19.02.01',1,NULL,NULL,NULL);
INSERT INTO village VALUES('19.02.01.2012','Air Merbau','airmerbau','desa','19.02.01',1,NULL,NULL,NULL);
INSERT INTO village VALUES('19.02.04.2005','Tanjung Binga','tanjungbinga','desa','19.02.04',1,NULL,NULL,NULL);
INSERT INTO village VALUES('19.06.01.2001','Padang','padang','desa','19.06.01',1,NULL,NULL,NULL);
CREATE TABLE sponsor (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL
        CONSTRAINT sponsor_has_a_name CHECK (trim(name) <> ''),
    kind TEXT
        CONSTRAINT sponsor_kind_is_known CHECK (kind IN ('COMPANY', 'PERSON')),
    address TEXT,
    contact TEXT,
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;
INSERT INTO sponsor VALUES(1,'PT Contoh Rekaan',NULL,NULL,NULL,2);
CREATE TABLE resident (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    full_name TEXT NOT NULL
        CONSTRAINT resident_has_a_name CHECK (trim(full_name) <> ''),
    sex TEXT
        CONSTRAINT resident_sex_is_known CHECK (sex IN ('M', 'F')),
    born TEXT
        CONSTRAINT resident_born_is_a_date CHECK (born IS date(born, '+0 days')),
    birthplace TEXT,
    nationality TEXT NOT NULL REFERENCES country (code),
    purpose_code TEXT REFERENCES purpose (code),
    occupation TEXT,
    contact TEXT,
    sponsor_id INTEGER REFERENCES sponsor (id),
    niora TEXT
        CONSTRAINT resident_niora_is_unique UNIQUE,
    arrived TEXT -- the entry into Indonesia
        CONSTRAINT resident_arrived_is_a_date CHECK (arrived IS date(arrived, '+0 days')),
    departed TEXT -- the day of leaving for good; emptied again by a return
        CONSTRAINT resident_departed_is_a_date CHECK (departed IS date(departed, '+0 days')),
    departed_how TEXT
        CONSTRAINT resident_departed_how_is_known CHECK (
            departed_how IN ('DEPARTED', 'DEPORTED', 'DIED', 'NATURALISED')
        ),
    note TEXT,
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT resident_departure_has_a_day CHECK (departed_how IS NULL OR departed IS NOT NULL),
    CONSTRAINT resident_is_not_indonesian CHECK (nationality <> 'IDN'),
    
    CONSTRAINT resident_departed_after_arrival CHECK (departed >= arrived)
) STRICT;
INSERT INTO resident VALUES(1,'Ann Invented','F','1980-05-05',NULL,'AUS','WORK',NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,2);
INSERT INTO resident VALUES(2,'Bob Invented',NULL,NULL,NULL,'GBR',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,21);
INSERT INTO resident VALUES(3,'Cid Invented',NULL,NULL,NULL,'JPN',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,8);
INSERT INTO resident VALUES(4,'Dee Invented',NULL,NULL,NULL,'NLD',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'corrected once',14);
INSERT INTO resident VALUES(7,'Gus Invented',NULL,NULL,NULL,'D',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,29);
INSERT INTO resident VALUES(8,'Ida Invented',NULL,NULL,NULL,'CHE',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,31);
INSERT INTO resident VALUES(9,'Fay Invented',NULL,'1990-09-09',NULL,'AUS',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,34);
INSERT INTO resident VALUES(10,'Joy Invented',NULL,NULL,NULL,'JPN',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,37);
INSERT INTO resident VALUES(11,'Kim Invented',NULL,NULL,NULL,'D',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,37);
CREATE TABLE passport (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    resident_id INTEGER NOT NULL REFERENCES resident (id),
    number TEXT NOT NULL
        CONSTRAINT passport_number_is_canonical CHECK (number <> '' AND number NOT GLOB '*[^A-Z0-9]*'),
    country TEXT NOT NULL REFERENCES country (code),
    issued_on TEXT
        CONSTRAINT passport_issued_is_a_date CHECK (issued_on IS date(issued_on, '+0 days')),
    expires_on TEXT
        CONSTRAINT passport_expires_is_a_date CHECK (expires_on IS date(expires_on, '+0 days')),
    retired_on TEXT -- the day another took its place, or it was lost
        CONSTRAINT passport_retired_is_a_date CHECK (retired_on IS date(retired_on, '+0 days')),
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT passport_number_is_unique UNIQUE (number, country),
    CONSTRAINT passport_expires_after_issue CHECK (expires_on >= issued_on)
) STRICT;
INSERT INTO passport VALUES(1,1,'XA0001','AUS',NULL,'2025-01-01',NULL,2);
INSERT INTO passport VALUES(2,2,'XB0002','GBR',NULL,NULL,NULL,6);
INSERT INTO passport VALUES(4,4,'XD0004','NLD','2019-05-05','2024-05-05',NULL,36);
INSERT INTO passport VALUES(5,10,'XJ0010','JPN',NULL,NULL,NULL,37);
INSERT INTO passport VALUES(6,11,'XK0011','D',NULL,NULL,NULL,37);
CREATE TABLE residence (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    resident_id INTEGER NOT NULL REFERENCES resident (id),
    village_code TEXT REFERENCES village (code), -- NULL: lives here, the village is not known
    district_code TEXT REFERENCES district (code), -- where the village is not known, and the district is
    address TEXT,
    rt TEXT,
    rw TEXT,
    from_on TEXT
        CONSTRAINT residence_from_is_a_date CHECK (from_on IS date(from_on, '+0 days')),
    until_on TEXT
        CONSTRAINT residence_until_is_a_date CHECK (until_on IS date(until_on, '+0 days')),
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT residence_names_one_place CHECK (village_code IS NULL OR district_code IS NULL),
    CONSTRAINT residence_ends_after_it_begins CHECK (until_on >= from_on)
) STRICT;
INSERT INTO residence VALUES(1,1,NULL,NULL,NULL,NULL,NULL,'2018-12-20','2019-01-01',2);
INSERT INTO residence VALUES(2,1,'19.02.01.2012',NULL,NULL,NULL,NULL,'2019-01-01','2020-06-01',15);
INSERT INTO residence VALUES(3,2,'19.02.04.2005',NULL,NULL,NULL,NULL,'2020-01-20',NULL,6);
INSERT INTO residence VALUES(4,3,NULL,NULL,NULL,NULL,NULL,'2017-12-01','2018-01-01',8);
INSERT INTO residence VALUES(5,3,'19.06.01.2001',NULL,NULL,NULL,NULL,'2018-01-01','2020-03-01',10);
INSERT INTO residence VALUES(6,4,NULL,NULL,NULL,NULL,NULL,NULL,NULL,11);
INSERT INTO residence VALUES(7,1,'19.02.01.1001',NULL,NULL,NULL,NULL,'2020-06-01',NULL,15);
INSERT INTO residence VALUES(9,3,'19.02.01.2012',NULL,NULL,NULL,NULL,'2020-08-01',NULL,24);
INSERT INTO residence VALUES(10,9,'19.02.01.2012',NULL,NULL,NULL,NULL,'2019-05-01',NULL,35);
INSERT INTO residence VALUES(11,7,NULL,NULL,NULL,NULL,NULL,'2018-04-01','2018-05-01',29);
INSERT INTO residence VALUES(12,7,'19.02.01.1001',NULL,NULL,NULL,NULL,'2018-05-01','2019-12-31',30);
INSERT INTO residence VALUES(13,8,'19.06.01.2001',NULL,NULL,NULL,NULL,'2020-04-10',NULL,31);
INSERT INTO residence VALUES(14,9,NULL,NULL,NULL,NULL,NULL,NULL,'2019-05-01',35);
INSERT INTO residence VALUES(15,10,'19.02.01.1001',NULL,NULL,NULL,NULL,'2020-03-01',NULL,37);
INSERT INTO residence VALUES(16,11,'19.06.01.2001',NULL,NULL,NULL,NULL,'2020-08-20',NULL,37);
CREATE TABLE family_link (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    resident_id INTEGER NOT NULL REFERENCES resident (id),
    relation TEXT NOT NULL -- what the relative is to the resident
        CONSTRAINT family_link_relation_is_known CHECK (relation IN ('SPOUSE', 'CHILD', 'PARENT')),
    relative_id INTEGER REFERENCES resident (id), -- a resident, or
    citizen_name TEXT                             -- an Indonesian citizen
        CONSTRAINT family_link_citizen_has_a_name CHECK (trim(citizen_name) <> ''),
    born TEXT
        CONSTRAINT family_link_born_is_a_date CHECK (born IS date(born, '+0 days')),
    from_on TEXT
        CONSTRAINT family_link_from_is_a_date CHECK (from_on IS date(from_on, '+0 days')),
    until_on TEXT
        CONSTRAINT family_link_until_is_a_date CHECK (until_on IS date(until_on, '+0 days')),
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT family_link_has_one_relative CHECK ((relative_id IS NULL) <> (citizen_name IS NULL)),
    CONSTRAINT family_link_is_with_another CHECK (relative_id <> resident_id),
    CONSTRAINT family_link_ends_after_it_begins CHECK (until_on >= from_on)
) STRICT;
INSERT INTO family_link VALUES(1,2,'SPOUSE',NULL,'Sari Rekaan',NULL,'2018-06-01',NULL,6);
CREATE TABLE permit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    resident_id INTEGER NOT NULL REFERENCES resident (id),
    class_code TEXT NOT NULL REFERENCES permit_class (code),
    index_code TEXT,
    number TEXT
        CONSTRAINT permit_number_is_not_blank CHECK (trim(number) <> ''),
    issued_on TEXT -- as printed
        CONSTRAINT permit_issued_is_a_date CHECK (issued_on IS date(issued_on, '+0 days')),
    starts_on TEXT -- the day it takes the place of the one before: the day of issue, where that is known
        CONSTRAINT permit_starts_is_a_date CHECK (starts_on IS date(starts_on, '+0 days')),
    valid_from TEXT -- the printed start; shown, no more
        CONSTRAINT permit_valid_from_is_a_date CHECK (valid_from IS date(valid_from, '+0 days')),
    expires_on TEXT -- the last valid day, as printed
        CONSTRAINT permit_expires_is_a_date CHECK (expires_on IS date(expires_on, '+0 days')),
    office TEXT,
    follows_id INTEGER
        CONSTRAINT permit_is_followed_once UNIQUE REFERENCES permit (id),
    granted_as TEXT NOT NULL
        CONSTRAINT permit_granted_as_is_known CHECK (granted_as IN ('NEW', 'EXTENSION', 'CONVERSION')),
    ended_on TEXT
        CONSTRAINT permit_ended_is_a_date CHECK (ended_on IS date(ended_on, '+0 days')),
    end_reason TEXT
        CONSTRAINT permit_end_reason_is_known CHECK (
            end_reason IN ('EXTENDED', 'CONVERTED', 'REVOKED', 'DEPARTED', 'DEPORTED', 'DIED', 'NATURALISED')
        ),
    note TEXT,
    change_id INTEGER NOT NULL REFERENCES change (id), unlimited INTEGER
    CONSTRAINT permit_unlimited_is_one CHECK (unlimited = 1)
    CONSTRAINT permit_unlimited_has_no_last_day CHECK (unlimited IS NULL OR expires_on IS NULL)
    CONSTRAINT permit_unlimited_is_a_kitap CHECK (unlimited IS NULL OR class_code = 'KITAP'),
    CONSTRAINT permit_starts_when_issued CHECK (issued_on IS NULL OR starts_on IS issued_on),
    CONSTRAINT permit_expires_after_issue CHECK (expires_on >= issued_on),
    CONSTRAINT permit_valid_from_within CHECK (valid_from <= expires_on),
    CONSTRAINT permit_ends_after_it_starts CHECK (ended_on >= starts_on),
    CONSTRAINT permit_end_has_a_reason CHECK ((ended_on IS NULL) = (end_reason IS NULL)),
    CONSTRAINT permit_new_follows_none CHECK ((granted_as = 'NEW') = (follows_id IS NULL))
) STRICT;
INSERT INTO permit VALUES(1,1,'ITK',NULL,'V-0001','2019-01-01','2019-01-01',NULL,'2019-03-01',NULL,NULL,'NEW','2019-02-20','CONVERTED',NULL,4,NULL);
INSERT INTO permit VALUES(2,1,'KITAS','C312','K-0001','2019-02-20','2019-02-20',NULL,'2020-02-19',NULL,1,'CONVERSION','2020-02-10','EXTENDED',NULL,5,NULL);
INSERT INTO permit VALUES(3,1,'KITAS',NULL,'K-0002','2020-02-10','2020-02-10',NULL,'2021-02-09',NULL,2,'EXTENSION',NULL,NULL,NULL,5,NULL);
INSERT INTO permit VALUES(4,2,'VOA',NULL,'V-0002','2020-01-20','2020-01-20',NULL,'2020-04-18',NULL,NULL,'NEW',NULL,NULL,NULL,7,NULL);
INSERT INTO permit VALUES(5,3,'KITAP',NULL,'P-0003','2018-01-01','2018-01-01',NULL,'2023-01-01',NULL,NULL,'NEW','2020-03-01','DEPARTED',NULL,10,NULL);
INSERT INTO permit VALUES(6,4,'KITAS',NULL,'K-0004','2020-01-01','2020-01-01',NULL,'2020-09-25',NULL,NULL,'NEW',NULL,NULL,NULL,13,NULL);
INSERT INTO permit VALUES(7,3,'PERALIHAN',NULL,'B-0003','2020-08-01','2020-08-01',NULL,'2020-09-29',NULL,NULL,'NEW',NULL,NULL,NULL,25,NULL);
INSERT INTO permit VALUES(8,9,'KITAS',NULL,'K-0006','2019-05-01','2019-05-01',NULL,'2020-04-30',NULL,NULL,'NEW','2020-05-01','EXTENDED',NULL,35,NULL);
INSERT INTO permit VALUES(9,9,'KITAS',NULL,'K-0007',NULL,'2020-05-01',NULL,'2021-04-30',NULL,8,'EXTENSION',NULL,NULL,NULL,35,NULL);
INSERT INTO permit VALUES(10,8,'KITAP',NULL,'P-0002','2020-04-10','2020-04-10',NULL,NULL,NULL,NULL,'NEW',NULL,NULL,NULL,32,1);
INSERT INTO permit VALUES(11,10,'KITAS',NULL,NULL,'2020-03-01','2020-03-01',NULL,'2021-02-28',NULL,NULL,'NEW',NULL,NULL,NULL,37,NULL);
INSERT INTO permit VALUES(12,11,'ITK',NULL,NULL,'2020-08-20','2020-08-20',NULL,'2020-10-18',NULL,NULL,'NEW',NULL,NULL,NULL,37,NULL);
CREATE TABLE relief (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    legal_basis TEXT NOT NULL,
    issued_on TEXT
        CONSTRAINT relief_issued_is_a_date CHECK (issued_on IS date(issued_on, '+0 days')),
    effective_from TEXT NOT NULL
        CONSTRAINT relief_from_is_a_date CHECK (effective_from IS date(effective_from, '+0 days')),
    effective_until TEXT -- the last day it keeps a permit valid; NULL: until another relief says otherwise
        CONSTRAINT relief_until_is_a_date CHECK (effective_until IS date(effective_until, '+0 days')),
    expired_from TEXT
        CONSTRAINT relief_expired_from_is_a_date CHECK (expired_from IS date(expired_from, '+0 days')),
    expired_until TEXT
        CONSTRAINT relief_expired_until_is_a_date CHECK (expired_until IS date(expired_until, '+0 days')),
    entered_from TEXT
        CONSTRAINT relief_entered_from_is_a_date CHECK (entered_from IS date(entered_from, '+0 days')),
    entered_until TEXT
        CONSTRAINT relief_entered_until_is_a_date CHECK (entered_until IS date(entered_until, '+0 days')),
    in_country_only INTEGER NOT NULL
        CONSTRAINT relief_in_country_only_is_a_flag CHECK (in_country_only IN (0, 1)),
    extendable TEXT NOT NULL
        CONSTRAINT relief_extendable_is_known CHECK (extendable IN ('yes', 'no', 'any')),
    action_required TEXT,
    supersedes TEXT
        CONSTRAINT relief_is_superseded_once UNIQUE REFERENCES relief (code),
    ended_on TEXT
        CONSTRAINT relief_ended_is_a_date CHECK (ended_on IS date(ended_on, '+0 days')),
    source_url TEXT NOT NULL,
    verified INTEGER NOT NULL
        CONSTRAINT relief_verified_is_a_flag CHECK (verified IN (0, 1)),
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT relief_ends_after_it_begins CHECK (effective_until >= effective_from),
    CONSTRAINT relief_supersedes_another CHECK (supersedes <> code)
) STRICT;
INSERT INTO relief VALUES('SE-2114-2020','No overstay charge before the automatic ITKT','SE IMI-GR.01.01-2114','2020-03-24','2020-03-24',NULL,NULL,NULL,NULL,NULL,1,'any','Who entered after 5 February 2020 need not apply for an ITKT, and the overstay charge is Rp0',NULL,'2020-04-02','kotabumi.imigrasi.go.id/berita/pembatasan-layanan-pencegahan-covid; koranjuri.com. Of 23 or 24 March 2020 by source. No source says until which day it keeps a permit valid, so it moves no end',0,1);
INSERT INTO relief VALUES('ITKT-2020-04','Automatic emergency stay permit (ITKT)','Permenkumham 11/2020 arts 4(1) and 5(1)','2020-04-02','2020-04-02',NULL,NULL,NULL,NULL,NULL,1,'any','Nothing to do while it lasts',NULL,NULL,'headline.co.id/?p=7014; nusantaralegal.com; indonesia.nl/faq/id_imigrasi. It revokes Permenkumham 7/2020 and 8/2020, and Permenkumham 26/2020 replaces it on 1 October 2020 (lexregis.com)',0,1);
INSERT INTO relief VALUES('ITKT-2020-07','End of the automatic ITKT: 30 days','SE IMI-GR.01.01-1102','2020-07-10','2020-07-13','2020-08-12',NULL,NULL,NULL,NULL,1,'any','Extend or leave within 30 days','ITKT-2020-04',NULL,'kotabumi.imigrasi.go.id; batam.imigrasi.go.id; balidiscovery.com; schinderlawfirm.com. The end is 9, 11 or 12 August 2020 by source. The letter speaks of ITKT holders who arrived since 1 January 2020; ITAS and ITAP holders abroad had 60 days',0,1);
INSERT INTO relief VALUES('ITKT-2020-08','ITKT deadline 20 August 2020','Second circular of July 2020','2020-07-22','2020-07-22','2020-08-20',NULL,NULL,NULL,NULL,1,'any','Extend or leave by the deadline','ITKT-2020-07',NULL,'expatindo.org; indonesiaexpat.id. In force from 22 July or 3 August 2020 by source',0,1);
INSERT INTO relief VALUES('ITKT-2020-09','ITKT deadline 20 September 2020','IMI-GR.01.01-4049','2020-08-18','2020-08-18','2020-09-20',NULL,NULL,NULL,NULL,1,'any','Visit permit from a visa, VOA, ABTC or as crew: extend it, or apply for a visa approval, and report. BVK, or KITAS and KITAP that ended and cannot be extended: apply for a visa approval, and report. Otherwise it becomes overstay','ITKT-2020-08',NULL,'kotabumi.imigrasi.go.id/berita/perpanjangan_batas_waktu_itkt; m.antaranews.com/amp/berita/1675974, which prints the number as 0409. posmerdeka and wartabalionline say 20 August 2020. The letter itself was not seen',0,1);
INSERT INTO relief VALUES('PERMENKUMHAM-26-2020','Visas and stay permits in the adaptation to new habits','Permenkumham 26/2020','2020-09-29','2020-10-01',NULL,NULL,NULL,NULL,NULL,1,'any','Ask the office: one blog says to leave by 5 October 2020, or to apply for an ITKT again, 30 days at a time',NULL,NULL,'lexregis.com. It replaces Permenkumham 11/2020. No source says until which day it keeps a permit valid, so it moves no end',0,1);
INSERT INTO relief VALUES('CONTOH-1','Invented relief','Contoh 1/2020',NULL,'2020-09-18','2020-10-15',NULL,NULL,NULL,NULL,0,'any',NULL,'ITKT-2020-09',NULL,'example.invalid',0,18);
CREATE TABLE relief_class (
    relief_code TEXT NOT NULL REFERENCES relief (code),
    class_code TEXT NOT NULL REFERENCES permit_class (code),
    change_id INTEGER NOT NULL REFERENCES change (id),
    PRIMARY KEY (relief_code, class_code)
) STRICT;
INSERT INTO relief_class VALUES('ITKT-2020-04','KITAP',1);
INSERT INTO relief_class VALUES('ITKT-2020-04','KITAS',1);
INSERT INTO relief_class VALUES('ITKT-2020-04','ITK',1);
INSERT INTO relief_class VALUES('ITKT-2020-04','VOA',1);
INSERT INTO relief_class VALUES('ITKT-2020-04','BVK',1);
INSERT INTO relief_class VALUES('ITKT-2020-04','ITKT',1);
INSERT INTO relief_class VALUES('ITKT-2020-07','KITAP',1);
INSERT INTO relief_class VALUES('ITKT-2020-07','KITAS',1);
INSERT INTO relief_class VALUES('ITKT-2020-07','ITK',1);
INSERT INTO relief_class VALUES('ITKT-2020-07','VOA',1);
INSERT INTO relief_class VALUES('ITKT-2020-07','BVK',1);
INSERT INTO relief_class VALUES('ITKT-2020-07','ITKT',1);
INSERT INTO relief_class VALUES('ITKT-2020-08','KITAP',1);
INSERT INTO relief_class VALUES('ITKT-2020-08','KITAS',1);
INSERT INTO relief_class VALUES('ITKT-2020-08','ITK',1);
INSERT INTO relief_class VALUES('ITKT-2020-08','VOA',1);
INSERT INTO relief_class VALUES('ITKT-2020-08','BVK',1);
INSERT INTO relief_class VALUES('ITKT-2020-08','ITKT',1);
INSERT INTO relief_class VALUES('ITKT-2020-09','KITAP',1);
INSERT INTO relief_class VALUES('ITKT-2020-09','KITAS',1);
INSERT INTO relief_class VALUES('ITKT-2020-09','ITK',1);
INSERT INTO relief_class VALUES('ITKT-2020-09','VOA',1);
INSERT INTO relief_class VALUES('ITKT-2020-09','BVK',1);
INSERT INTO relief_class VALUES('ITKT-2020-09','ITKT',1);
INSERT INTO relief_class VALUES('CONTOH-1','VOA',18);
CREATE TABLE rule (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL
        CONSTRAINT rule_kind_is_known CHECK (
            kind IN (
                'RENEWAL_WINDOW_DAYS', 'CONVERSION_WINDOW_DAYS', 'APPLY_BEFORE_DAYS', 'TERM_DAYS', 'TERM_MONTHS',
                'EXTENSIONS', 'REPORT_EVERY_YEARS', 'AFTER_YEARS', 'AT_AGE_YEARS', 'CASE_LIMIT_HOURS', 'NOT_SEEN_DAYS',
                'REPORTING_DAYS', 'OVERSTAY_RUPIAH_A_DAY', 'OVERSTAY_LIMIT_DAYS'
            )
        ),
    subject TEXT NOT NULL, -- the class, or what is to be reported; '' where a rule is for all
    value INTEGER NOT NULL
        CONSTRAINT rule_value_is_positive CHECK (value > 0 OR (value = 0 AND kind = 'EXTENSIONS')),
    valid_from TEXT
        CONSTRAINT rule_from_is_a_date CHECK (valid_from IS date(valid_from, '+0 days')),
    valid_until TEXT -- the last day
        CONSTRAINT rule_until_is_a_date CHECK (valid_until IS date(valid_until, '+0 days')),
    legal_basis TEXT NOT NULL,
    source TEXT NOT NULL,
    verified INTEGER NOT NULL
        CONSTRAINT rule_verified_is_a_flag CHECK (verified IN (0, 1)),
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT rule_ends_after_it_begins CHECK (valid_until >= valid_from)
) STRICT;
INSERT INTO rule VALUES(1,'RENEWAL_WINDOW_DAYS','ITK',14,NULL,NULL,'Izin tinggal kunjungan: application at the latest 14 days before the end','ngurahrai.imigrasi.go.id/read/izin-tinggal-kunjungan; imigrasipasamanbarat.com',0,1);
INSERT INTO rule VALUES(2,'RENEWAL_WINDOW_DAYS','KITAS',30,NULL,NULL,'Izin tinggal terbatas of one year: earliest 30 days before the end (another source says three months)','lisahuang.com/izin-tinggal-terbatas-itap; karawang.imigrasi.go.id/izin-tinggal-terbatas',0,1);
INSERT INTO rule VALUES(3,'RENEWAL_WINDOW_DAYS','KITAP',60,NULL,'2025-12-31','Izin tinggal tetap, older source: apply at the latest 60 days before the end','babel.kemenkumham.go.id/layanan/imigrasi/izin-tinggal-tetap; legal-solusindo.com/2016/01/01/ketentuan-perpanjangan-izin-tinggal-tetap',0,1);
INSERT INTO rule VALUES(4,'OVERSTAY_RUPIAH_A_DAY','',300000,NULL,'2019-05-02','Biaya beban before PP 28/2019, probably PP 45/2014; its first day was not found','idnjurnal.com/news/cetak/5336',0,1);
INSERT INTO rule VALUES(5,'OVERSTAY_RUPIAH_A_DAY','',1000000,'2019-05-03','2024-12-16','PP 28/2019','antaranews.com/berita/3899610; satamexpose.com/2019/06 (the first day, said by the Tanjungpandan office)',0,1);
INSERT INTO rule VALUES(6,'OVERSTAY_LIMIT_DAYS','',60,NULL,'2024-12-16','UU 6/2011 art 78: less than 60 days, and more than 60 days','antaranews.com/berita/3899610',0,1);
INSERT INTO rule VALUES(7,'REPORTING_DAYS','SKTT',14,NULL,NULL,'UU 23/2006 art 20(1): surat keterangan tempat tinggal after an ITAS','dispendukcapil.kedirikota.go.id/submenu/14',0,1);
INSERT INTO rule VALUES(8,'REPORTING_DAYS','ITAS_APPLICATION',30,NULL,NULL,'PP 48/2021: apply for an ITAS after the entry stamp','pasal.id/en/peraturan/pp/pp-no-48-tahun-2021/koreksi/5968950',0,1);
INSERT INTO rule VALUES(9,'REPORTING_DAYS','CIVIL_STATUS',60,NULL,NULL,'Practice of offices; UU 6/2011 art 71(a) names changes of civil status and nationality but no days','kotabumi.imigrasi.go.id/layanan/wna/perdat; pages of the offices of Kendari and Jakarta Selatan',0,1);
INSERT INTO rule VALUES(10,'OVERSTAY_RUPIAH_A_DAY','',1000000,'2024-12-17',NULL,'PP 45/2024; its art 12 repeals PP 28/2019','PP 45/2024 art 12; the line of the annex is from secondary sources, and the press also prints 18 December 2024 as the first day',0,1);
INSERT INTO rule VALUES(11,'OVERSTAY_LIMIT_DAYS','',60,'2024-12-17',NULL,'PP 45/2024 art 7(1): not more than 60 days; UU 6/2011 art 78','PP 45/2024 art 7(1); antaranews.com/berita/3899610',0,1);
INSERT INTO rule VALUES(12,'TERM_DAYS','PERALIHAN',60,'2024-05-03',NULL,'Permenkumham 11/2024 art 86A','cermat.co.id/izin-tinggal-peralihan-jembatani-transisi-izin-tinggal-wna-di-ri',0,1);
INSERT INTO rule VALUES(13,'EXTENSIONS','PERALIHAN',0,'2024-05-03',NULL,'Permenkumham 11/2024 arts 86A and 94A: not extended','Permenkumham 11/2024 arts 86A and 94A, as quoted in secondary sources',0,1);
INSERT INTO rule VALUES(14,'APPLY_BEFORE_DAYS','PERALIHAN',3,'2024-05-03',NULL,'Permenkumham 11/2024 arts 86A and 94A: apply and pay at the latest 3 days before the old permit ends; the days of waiting are then no overstay','cermat.co.id/izin-tinggal-peralihan-jembatani-transisi-izin-tinggal-wna-di-ri',0,1);
INSERT INTO rule VALUES(15,'RENEWAL_WINDOW_DAYS','KITAP',90,'2026-01-01',NULL,'Izin tinggal tetap, newer source: apply from 3 months before the end (counted as 90 days), at the latest on the last working day; its first day was not found','kanimbalikpapan.kemenkumham.go.id/izin-tinggal-tetap-itap; sippn.menpan.go.id/pelayanan-publik/8115007',0,1);
INSERT INTO rule VALUES(16,'CONVERSION_WINDOW_DAYS','ITK',30,NULL,NULL,'Permenkumham 22/2023: alih status to ITAS is applied for within 30 days before the end','kanimsurabaya.kemenkumham.go.id/layanan-warga-negara-asing/alih-status-izin-tinggal',0,1);
INSERT INTO rule VALUES(17,'CONVERSION_WINDOW_DAYS','KITAS',30,NULL,NULL,'Permenkumham 22/2023: alih status to ITAP is applied for within 30 days before the end','kanimsurabaya.kemenkumham.go.id/layanan-warga-negara-asing/alih-status-izin-tinggal',0,1);
INSERT INTO rule VALUES(18,'APPLY_BEFORE_DAYS','KTP_EL',30,NULL,NULL,'UU 24/2013 art 63(4): the holder of an ITAP reports for the KTP-el 30 days before the ITAP ends','UU 24/2013 art 63(4), as quoted in secondary sources',0,1);
INSERT INTO rule VALUES(19,'REPORT_EVERY_YEARS','KITAP',5,NULL,NULL,'Permenkumham 22/2023 art 132(1): report every five years, free of charge','babel.kemenkumham.go.id/layanan/imigrasi/izin-tinggal-tetap; kanimbalikpapan.kemenkumham.go.id/izin-tinggal-tetap-itap',0,1);
INSERT INTO rule VALUES(20,'TERM_DAYS','ITK',60,NULL,NULL,'Izin tinggal kunjungan: at most 60 days each','ngurahrai.imigrasi.go.id/read/izin-tinggal-kunjungan',0,1);
INSERT INTO rule VALUES(21,'TERM_DAYS','VOA',30,NULL,NULL,'Visa on arrival: 30 days each','cnnindonesia.com of 2020-03-20; legalindonesia.id',0,1);
INSERT INTO rule VALUES(22,'TERM_DAYS','BVK',30,NULL,NULL,'Visa-free visit: 30 days','general knowledge, not checked',0,1);
INSERT INTO rule VALUES(23,'TERM_MONTHS','KITAS',24,NULL,NULL,'PP 31/2013 art 148: at most 2 years each','lisahuang.com/izin-tinggal-terbatas-itap',0,1);
INSERT INTO rule VALUES(24,'TERM_MONTHS','KITAP',60,NULL,NULL,'Permenkumham 22/2023 art 121(1): 5 years at first','Permenkumham 22/2023, as quoted in secondary sources',0,1);
INSERT INTO rule VALUES(25,'CASE_LIMIT_HOURS','REPORTED',48,NULL,NULL,'Practice: a report is verified within 48 hours; counted here on working days, which no source says','SIMPEL DBI, a system for reports of villages',0,1);
INSERT INTO rule VALUES(26,'CASE_LIMIT_HOURS','VERIFIED',72,NULL,NULL,'Practice: a verified report is followed up within 72 hours; counted here on working days, which no source says','SIMPEL DBI, a system for reports of villages',0,1);
INSERT INTO rule VALUES(27,'AFTER_YEARS','ITAP_BY_MARRIAGE',2,NULL,NULL,'An ITAP is possible after two years of marriage to an Indonesian','babel.kemenkumham.go.id/layanan/imigrasi/izin-tinggal-tetap; kotabumi.imigrasi.go.id/layanan/wna/itap',0,1);
INSERT INTO rule VALUES(28,'REPORTING_DAYS','NEW_SPONSOR',60,NULL,NULL,'After a divorce within ten years of marriage: a new sponsor (penjamin) within 60 days of the divorce deed','agenkitas.com/izin-tinggal-perkawinan-campuran; americanindonesian.com/2013/11/22',0,1);
INSERT INTO rule VALUES(29,'AT_AGE_YEARS','ABG_CHOICE',18,NULL,NULL,'UU 12/2006 art 6: a child of two nationalities chooses one at 18 or at marriage','sulsel.fajar.co.id/2023/03/13; singaraja.imigrasi.go.id/kewarganegaraan-ganda-affidavit',0,1);
INSERT INTO rule VALUES(30,'AT_AGE_YEARS','ABG_STATEMENT',21,NULL,NULL,'UU 12/2006 art 6: the statement of the choice is made within three years, so by 21','sulsel.fajar.co.id/2023/03/13; singaraja.imigrasi.go.id/kewarganegaraan-ganda-affidavit',0,1);
INSERT INTO rule VALUES(31,'NOT_SEEN_DAYS','',180,NULL,NULL,'The office''s own choice and no law: everyone is seen in the field once in half a year','no source: change it with timpora rule add',0,1);
INSERT INTO rule VALUES(32,'APPLY_BEFORE_DAYS','PHOTO_INTERVIEW',1,'2025-05-29',NULL,'SE IMI-417.GR.01.01/2025: every extension needs photo and interview at the office; counted here as the day before the permit ends, which the circular does not say','SE IMI-417.GR.01.01/2025, as quoted in secondary sources',0,1);
INSERT INTO rule VALUES(33,'REPORTING_DAYS','URGENT_INSPECTION',1,NULL,NULL,'Permenimipas 2/2025 art 30: field supervision needs a surat perintah; where it is urgent, within one day after it','pasal.id/koreksi/9477087',0,1);
INSERT INTO rule VALUES(34,'RENEWAL_WINDOW_DAYS','VOA',20,NULL,NULL,'Contoh 2/2020','example.invalid',0,19);
CREATE TABLE setting_version (key TEXT, value TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE province_version (code TEXT, name TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE regency_version (code TEXT, name TEXT, folded TEXT, province_code TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE district_version (code TEXT, name TEXT, folded TEXT, regency_code TEXT, ours INTEGER, change_id INTEGER, until_change INTEGER NOT NULL, from_on TEXT, until_on TEXT, split_from TEXT) STRICT;
CREATE TABLE village_version (code TEXT, name TEXT, folded TEXT, kind TEXT, district_code TEXT, change_id INTEGER, until_change INTEGER NOT NULL, from_on TEXT, until_on TEXT, split_from TEXT) STRICT;
CREATE TABLE sponsor_version (id INTEGER, name TEXT, kind TEXT, address TEXT, contact TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE resident_version (id INTEGER, full_name TEXT, sex TEXT, born TEXT, birthplace TEXT, nationality TEXT, purpose_code TEXT, occupation TEXT, contact TEXT, sponsor_id INTEGER, niora TEXT, arrived TEXT, departed TEXT, departed_how TEXT, note TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
INSERT INTO resident_version VALUES(4,'Dee Invented',NULL,NULL,NULL,'NLD',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,11,14);
INSERT INTO resident_version VALUES(5,'Eve Invented',NULL,NULL,NULL,'FRA',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,16,17);
INSERT INTO resident_version VALUES(2,'Bob Invented',NULL,NULL,NULL,'GBR',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,6,20);
INSERT INTO resident_version VALUES(2,'Bob Invented',NULL,NULL,NULL,'GBR',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'wrong',20,21);
INSERT INTO resident_version VALUES(6,'Fay Invented',NULL,NULL,NULL,'AUS',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,26,35);
INSERT INTO resident_version VALUES(12,'Lee Invented',NULL,NULL,NULL,'FRA',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,49,50);
CREATE TABLE passport_version (id INTEGER, resident_id INTEGER, number TEXT, country TEXT, issued_on TEXT, expires_on TEXT, retired_on TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
INSERT INTO passport_version VALUES(3,5,'XE0005','FRA',NULL,NULL,NULL,16,17);
INSERT INTO passport_version VALUES(7,12,'XL0012','FRA',NULL,NULL,NULL,49,50);
CREATE TABLE residence_version (id INTEGER, resident_id INTEGER, village_code TEXT, district_code TEXT, address TEXT, rt TEXT, rw TEXT, from_on TEXT, until_on TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
INSERT INTO residence_version VALUES(5,3,'19.06.01.2001',NULL,NULL,NULL,NULL,'2018-01-01',NULL,8,10);
INSERT INTO residence_version VALUES(2,1,'19.02.01.2012',NULL,NULL,NULL,NULL,'2019-01-01',NULL,2,15);
INSERT INTO residence_version VALUES(8,5,NULL,NULL,NULL,NULL,NULL,NULL,NULL,16,17);
INSERT INTO residence_version VALUES(12,7,'19.02.01.1001',NULL,NULL,NULL,NULL,'2018-05-01',NULL,29,30);
INSERT INTO residence_version VALUES(10,6,'19.02.01.2012',NULL,NULL,NULL,NULL,'2019-05-01',NULL,26,35);
INSERT INTO residence_version VALUES(14,9,NULL,NULL,NULL,NULL,NULL,NULL,NULL,34,35);
INSERT INTO residence_version VALUES(17,12,NULL,NULL,NULL,NULL,NULL,NULL,NULL,49,50);
CREATE TABLE family_link_version (id INTEGER, resident_id INTEGER, relation TEXT, relative_id INTEGER, citizen_name TEXT, born TEXT, from_on TEXT, until_on TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE permit_version (id INTEGER, resident_id INTEGER, class_code TEXT, index_code TEXT, number TEXT, issued_on TEXT, starts_on TEXT, valid_from TEXT, expires_on TEXT, office TEXT, follows_id INTEGER, granted_as TEXT, ended_on TEXT, end_reason TEXT, note TEXT, change_id INTEGER, until_change INTEGER NOT NULL, unlimited INTEGER) STRICT;
INSERT INTO permit_version VALUES(1,1,'ITK',NULL,'V-0001','2019-01-01','2019-01-01',NULL,'2019-03-01',NULL,NULL,'NEW',NULL,NULL,NULL,3,4,NULL);
INSERT INTO permit_version VALUES(2,1,'KITAS','C312','K-0001','2019-02-20','2019-02-20',NULL,'2020-02-19',NULL,1,'CONVERSION',NULL,NULL,NULL,4,5,NULL);
INSERT INTO permit_version VALUES(5,3,'KITAP',NULL,'P-0003','2018-01-01','2018-01-01',NULL,'2023-01-01',NULL,NULL,'NEW',NULL,NULL,NULL,9,10,NULL);
INSERT INTO permit_version VALUES(6,4,'KITAS',NULL,'K-0004','2020-01-01','2020-01-01',NULL,'2020-09-20',NULL,NULL,'NEW',NULL,NULL,NULL,12,13,NULL);
INSERT INTO permit_version VALUES(8,6,'KITAS',NULL,'K-0006','2019-05-01','2019-05-01',NULL,'2020-04-30',NULL,NULL,'NEW',NULL,NULL,NULL,27,28,NULL);
INSERT INTO permit_version VALUES(8,6,'KITAS',NULL,'K-0006','2019-05-01','2019-05-01',NULL,'2020-04-30',NULL,NULL,'NEW','2020-05-01','EXTENDED',NULL,28,35,NULL);
INSERT INTO permit_version VALUES(9,6,'KITAS',NULL,'K-0007',NULL,'2020-05-01',NULL,'2021-04-30',NULL,8,'EXTENSION',NULL,NULL,NULL,28,35,NULL);
CREATE TABLE relief_version (code TEXT, name TEXT, legal_basis TEXT, issued_on TEXT, effective_from TEXT, effective_until TEXT, expired_from TEXT, expired_until TEXT, entered_from TEXT, entered_until TEXT, in_country_only INTEGER, extendable TEXT, action_required TEXT, supersedes TEXT, ended_on TEXT, source_url TEXT, verified INTEGER, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE relief_class_version (relief_code TEXT, class_code TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE rule_version (id INTEGER, kind TEXT, subject TEXT, value INTEGER, valid_from TEXT, valid_until TEXT, legal_basis TEXT, source TEXT, verified INTEGER, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE holiday (
    day TEXT PRIMARY KEY
        CONSTRAINT holiday_day_is_a_date CHECK (day IS date(day, '+0 days')),
    name TEXT NOT NULL
        CONSTRAINT holiday_has_a_name CHECK (trim(name) <> ''),
    source TEXT,
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;
INSERT INTO holiday VALUES('2026-01-01','Tahun Baru 2026 Masehi','SKB 3 Menteri 1497/2025, 2/2025, 5/2025',1);
INSERT INTO holiday VALUES('2026-01-16','Isra Mikraj Nabi Muhammad saw.','SKB 3 Menteri 1497/2025, 2/2025, 5/2025',1);
INSERT INTO holiday VALUES('2026-02-16','Cuti bersama: Tahun Baru Imlek 2577 Kongzili','SKB 3 Menteri 1497/2025, 2/2025, 5/2025',1);
INSERT INTO holiday VALUES('2026-02-17','Tahun Baru Imlek 2577 Kongzili','SKB 3 Menteri 1497/2025, 2/2025, 5/2025',1);
INSERT INTO holiday VALUES('2026-03-18','Cuti bersama: Hari Suci Nyepi (Tahun Baru Saka 1948)','SKB 3 Menteri 1497/2025, 2/2025, 5/2025',1);
INSERT INTO holiday VALUES('2026-03-19','Hari Suci Nyepi (Tahun Baru Saka 1948)','SKB 3 Menteri 1497/2025, 2/2025, 5/2025',1);
INSERT INTO holiday VALUES('2026-03-20','Cuti bersama: Idulfitri 1447 H','SKB 3 Menteri 1497/2025, 2/2025, 5/2025',1);
INSERT INTO holiday VALUES('2026-03-21','Idulfitri 1447 H','SKB 3 Menteri 1497/2025, 2/2025, 5/2025',1);
INSERT INTO holiday VALUES('2026-03-22','Idulfitri 1447 H','SKB 3 Menteri 1497/2025, 2/2025, 5/2025',1);
INSERT INTO holiday VALUES('2026-03-23','Cuti bersama: Idulfitri 1447 H','SKB 3 Menteri 1497/2025, 2/2025, 5/2025',1);
INSERT INTO holiday VALUES('2026-03-24','Cuti bersama: Idulfitri 1447 H','SKB 3 Menteri 1497/2025, 2/2025, 5/2025',1);
INSERT INTO holiday VALUES('2026-04-03','Wafat Yesus Kristus','SKB 3 Menteri 1497/2025, 2/2025, 5/2025',1);
INSERT INTO holiday VALUES('2026-04-05','Kebangkitan Yesus Kristus (Paskah)','SKB 3 Menteri 1497/2025, 2/2025, 5/2025',1);
INSERT INTO holiday VALUES('2026-05-01','Hari Buruh Internasional','SKB 3 Menteri 1497/2025, 2/2025, 5/2025',1);
INSERT INTO holiday VALUES('2026-05-14','Kenaikan Yesus Kristus','SKB 3 Menteri 1497/2025, 2/2025, 5/2025',1);
INSERT INTO holiday VALUES('2026-05-15','Cuti bersama: Kenaikan Yesus Kristus','SKB 3 Menteri 1497/2025, 2/2025, 5/2025',1);
INSERT INTO holiday VALUES('2026-05-27','Iduladha 1447 H','SKB 3 Menteri 1497/2025, 2/2025, 5/2025',1);
INSERT INTO holiday VALUES('2026-05-28','Cuti bersama: Iduladha 1447 H','SKB 3 Menteri 1497/2025, 2/2025, 5/2025',1);
INSERT INTO holiday VALUES('2026-05-31','Hari Raya Waisak 2570 BE','SKB 3 Menteri 1497/2025, 2/2025, 5/2025',1);
INSERT INTO holiday VALUES('2026-06-01','Hari Lahir Pancasila','SKB 3 Menteri 1497/2025, 2/2025, 5/2025',1);
INSERT INTO holiday VALUES('2026-06-16','1 Muharam Tahun Baru Islam 1448 H','SKB 3 Menteri 1497/2025, 2/2025, 5/2025',1);
INSERT INTO holiday VALUES('2026-08-17','Proklamasi Kemerdekaan','SKB 3 Menteri 1497/2025, 2/2025, 5/2025',1);
INSERT INTO holiday VALUES('2026-08-25','Maulid Nabi Muhammad saw.','SKB 3 Menteri 1497/2025, 2/2025, 5/2025',1);
INSERT INTO holiday VALUES('2026-12-24','Cuti bersama: Kelahiran Yesus Kristus','SKB 3 Menteri 1497/2025, 2/2025, 5/2025',1);
INSERT INTO holiday VALUES('2026-12-25','Kelahiran Yesus Kristus','SKB 3 Menteri 1497/2025, 2/2025, 5/2025',1);
INSERT INTO holiday VALUES('2027-01-01','Tahun Baru 2027 Masehi','SKB 3 Menteri 1205/2026, 3/2026, 2/2026',1);
INSERT INTO holiday VALUES('2027-01-05','Isra Mikraj Nabi Muhammad saw.','SKB 3 Menteri 1205/2026, 3/2026, 2/2026',1);
INSERT INTO holiday VALUES('2027-02-05','Cuti bersama: Tahun Baru Imlek 2578 Kongzili','SKB 3 Menteri 1205/2026, 3/2026, 2/2026',1);
INSERT INTO holiday VALUES('2027-02-06','Tahun Baru Imlek 2578 Kongzili','SKB 3 Menteri 1205/2026, 3/2026, 2/2026',1);
INSERT INTO holiday VALUES('2027-03-08','Hari Suci Nyepi (Tahun Baru Saka 1949)','SKB 3 Menteri 1205/2026, 3/2026, 2/2026',1);
INSERT INTO holiday VALUES('2027-03-09','Cuti bersama: Idulfitri 1448 H','SKB 3 Menteri 1205/2026, 3/2026, 2/2026',1);
INSERT INTO holiday VALUES('2027-03-10','Idulfitri 1448 H','SKB 3 Menteri 1205/2026, 3/2026, 2/2026',1);
INSERT INTO holiday VALUES('2027-03-11','Idulfitri 1448 H','SKB 3 Menteri 1205/2026, 3/2026, 2/2026',1);
INSERT INTO holiday VALUES('2027-03-12','Cuti bersama: Idulfitri 1448 H','SKB 3 Menteri 1205/2026, 3/2026, 2/2026',1);
INSERT INTO holiday VALUES('2027-03-15','Cuti bersama: Idulfitri 1448 H','SKB 3 Menteri 1205/2026, 3/2026, 2/2026',1);
INSERT INTO holiday VALUES('2027-03-25','Cuti bersama: Wafat Yesus Kristus','SKB 3 Menteri 1205/2026, 3/2026, 2/2026',1);
INSERT INTO holiday VALUES('2027-03-26','Wafat Yesus Kristus','SKB 3 Menteri 1205/2026, 3/2026, 2/2026',1);
INSERT INTO holiday VALUES('2027-03-28','Kebangkitan Yesus Kristus (Paskah)','SKB 3 Menteri 1205/2026, 3/2026, 2/2026',1);
INSERT INTO holiday VALUES('2027-05-01','Hari Buruh Internasional','SKB 3 Menteri 1205/2026, 3/2026, 2/2026',1);
INSERT INTO holiday VALUES('2027-05-06','Kenaikan Yesus Kristus','SKB 3 Menteri 1205/2026, 3/2026, 2/2026',1);
INSERT INTO holiday VALUES('2027-05-17','Iduladha 1448 H','SKB 3 Menteri 1205/2026, 3/2026, 2/2026',1);
INSERT INTO holiday VALUES('2027-05-18','Cuti bersama: Iduladha 1448 H','SKB 3 Menteri 1205/2026, 3/2026, 2/2026',1);
INSERT INTO holiday VALUES('2027-05-19','Cuti bersama: Hari Raya Waisak 2571 BE','SKB 3 Menteri 1205/2026, 3/2026, 2/2026',1);
INSERT INTO holiday VALUES('2027-05-20','Hari Raya Waisak 2571 BE','SKB 3 Menteri 1205/2026, 3/2026, 2/2026',1);
INSERT INTO holiday VALUES('2027-06-01','Hari Lahir Pancasila','SKB 3 Menteri 1205/2026, 3/2026, 2/2026',1);
INSERT INTO holiday VALUES('2027-06-06','1 Muharam Tahun Baru Islam 1449 H','SKB 3 Menteri 1205/2026, 3/2026, 2/2026',1);
INSERT INTO holiday VALUES('2027-08-15','Maulid Nabi Muhammad saw.','SKB 3 Menteri 1205/2026, 3/2026, 2/2026',1);
INSERT INTO holiday VALUES('2027-08-17','Proklamasi Kemerdekaan','SKB 3 Menteri 1205/2026, 3/2026, 2/2026',1);
INSERT INTO holiday VALUES('2027-12-24','Cuti bersama: Kelahiran Yesus Kristus','SKB 3 Menteri 1205/2026, 3/2026, 2/2026',1);
INSERT INTO holiday VALUES('2027-12-25','Kelahiran Yesus Kristus','SKB 3 Menteri 1205/2026, 3/2026, 2/2026',1);
INSERT INTO holiday VALUES('2027-12-26','Isra Mikraj Nabi Muhammad saw.','SKB 3 Menteri 1205/2026, 3/2026, 2/2026',1);
CREATE TABLE holiday_version (day TEXT, name TEXT, source TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE expiry_run (
    id INTEGER PRIMARY KEY,
    subject TEXT NOT NULL
        CONSTRAINT expiry_run_subject_is_known CHECK (subject IN ('PERMIT', 'PASSPORT', 'REPORT')),
    threshold TEXT NOT NULL
        CONSTRAINT expiry_run_has_a_threshold CHECK (trim(threshold) <> ''),
    on_day TEXT NOT NULL
        CONSTRAINT expiry_run_day_is_a_date CHECK (on_day IS date(on_day, '+0 days')),
    listed INTEGER NOT NULL
        CONSTRAINT expiry_run_listed_is_a_number CHECK (listed >= 0),
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;
INSERT INTO expiry_run VALUES(1,'PERMIT','before 2020-10-01','2026-11-28',1,23);
CREATE TABLE expiry_mark (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES expiry_run (id),
    subject_id INTEGER NOT NULL,
    subject_change INTEGER NOT NULL,
    until_on TEXT
        CONSTRAINT expiry_mark_until_is_a_date CHECK (until_on IS date(until_on, '+0 days')),
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;
INSERT INTO expiry_mark VALUES(1,1,6,13,'2020-09-25',23);
CREATE TABLE expiry_run_version (id INTEGER, subject TEXT, threshold TEXT, on_day TEXT, listed INTEGER, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE expiry_mark_version (id INTEGER, run_id INTEGER, subject_id INTEGER, subject_change INTEGER, until_on TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE clock_correction (
    id INTEGER PRIMARY KEY,
    first_change INTEGER NOT NULL REFERENCES change (id),
    last_change INTEGER NOT NULL REFERENCES change (id),
    read_at TEXT NOT NULL -- UTC, as change.at: all of these changes are read at this moment
        CONSTRAINT clock_correction_is_utc CHECK (read_at IS strftime('%Y-%m-%dT%H:%M:%fZ', read_at)),
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT clock_correction_is_a_range CHECK (first_change <= last_change)
) STRICT;
CREATE TABLE accepted_finding (
    key TEXT PRIMARY KEY, -- the finding's key: its kind and the ids that it is about
    facts TEXT NOT NULL, -- a digest of the facts it was found by; with other facts it is shown again
    reason TEXT NOT NULL
        CONSTRAINT accepted_finding_has_a_reason CHECK (trim(reason) <> ''),
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;
CREATE TABLE permit_report (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    permit_id INTEGER NOT NULL REFERENCES permit (id),
    on_day TEXT NOT NULL -- the day of the report
        CONSTRAINT permit_report_day_is_a_date CHECK (on_day IS date(on_day, '+0 days')),
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT permit_report_is_made_once_a_day UNIQUE (permit_id, on_day)
) STRICT;
INSERT INTO permit_report VALUES(1,10,'2020-06-02',33);
CREATE TABLE passport_named (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- of two that were named on one day, the later one counts
    resident_id INTEGER NOT NULL REFERENCES resident (id), -- whose passport it is
    passport_id INTEGER NOT NULL REFERENCES passport (id),
    on_day TEXT NOT NULL
        CONSTRAINT passport_named_day_is_a_date CHECK (on_day IS date(on_day, '+0 days')),
    retired_on TEXT -- since when it had been retired, up to that day; NULL: it was valid
        CONSTRAINT passport_named_retired_is_a_date CHECK (retired_on IS date(retired_on, '+0 days')),
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;
CREATE TABLE region_past (
    code TEXT NOT NULL, -- of a province, a regency, a district or a village
    until_on TEXT NOT NULL -- the first day on which it was otherwise
        CONSTRAINT region_past_until_is_a_date CHECK (until_on IS date(until_on, '+0 days')),
    name TEXT NOT NULL
        CONSTRAINT region_past_has_a_name CHECK (trim(name) <> ''),
    folded TEXT NOT NULL,
    parent_code TEXT, -- the region in which it lay; NULL: it is a province
    change_id INTEGER NOT NULL REFERENCES change (id),
    PRIMARY KEY (code, until_on)
) STRICT;
CREATE TABLE district_successor (
    code TEXT NOT NULL REFERENCES district (code), -- the one that has ended
    successor_code TEXT NOT NULL REFERENCES district (code),
    change_id INTEGER NOT NULL REFERENCES change (id),
    PRIMARY KEY (code, successor_code)
) STRICT;
CREATE TABLE village_successor (
    code TEXT NOT NULL REFERENCES village (code), -- the one that has ended
    successor_code TEXT NOT NULL REFERENCES village (code),
    change_id INTEGER NOT NULL REFERENCES change (id),
    PRIMARY KEY (code, successor_code)
) STRICT;
CREATE TABLE stay (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    resident_id INTEGER NOT NULL REFERENCES resident (id),
    from_on TEXT -- the first day on which the person is present; NULL: it reaches back without limit
        CONSTRAINT stay_from_is_a_date CHECK (from_on IS date(from_on, '+0 days')),
    arrived TEXT -- the day of entry, where that is known: the stay begins on it
        CONSTRAINT stay_begins_at_arrival CHECK (arrived IS NULL OR arrived IS from_on),
    departed TEXT -- the first day on which the person is not present; NULL: still here
        CONSTRAINT stay_departed_is_a_date CHECK (departed IS date(departed, '+0 days')),
    departed_how TEXT -- the way of leaving for good, where that is known
        CONSTRAINT stay_departed_how_is_known CHECK (
            departed_how IN ('DEPARTED', 'DEPORTED', 'DIED', 'NATURALISED')
        ),
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT stay_departure_has_a_day CHECK (departed_how IS NULL OR departed IS NOT NULL),
    CONSTRAINT stay_ends_after_it_begins CHECK (departed >= from_on)
) STRICT;
INSERT INTO stay VALUES(1,1,'2018-12-20','2018-12-20',NULL,NULL,2);
INSERT INTO stay VALUES(2,2,'2020-01-20','2020-01-20',NULL,NULL,6);
INSERT INTO stay VALUES(3,3,'2017-12-01','2017-12-01','2020-03-01','DEPARTED',10);
INSERT INTO stay VALUES(4,4,NULL,NULL,NULL,NULL,11);
INSERT INTO stay VALUES(6,3,'2020-08-01','2020-08-01',NULL,NULL,24);
INSERT INTO stay VALUES(8,7,'2018-04-01','2018-04-01','2019-12-31','DIED',30);
INSERT INTO stay VALUES(9,8,'2020-04-10',NULL,NULL,NULL,31);
INSERT INTO stay VALUES(10,9,NULL,NULL,NULL,NULL,34);
INSERT INTO stay VALUES(11,10,'2020-03-01',NULL,NULL,NULL,37);
INSERT INTO stay VALUES(12,11,'2020-08-20',NULL,NULL,NULL,37);
CREATE TABLE undone (
    undone_id INTEGER PRIMARY KEY REFERENCES change (id), -- the change that is taken back
    change_id INTEGER NOT NULL REFERENCES change (id) -- the undo
) STRICT;
INSERT INTO undone VALUES(20,21);
CREATE TABLE accepted_finding_version (key TEXT, facts TEXT, reason TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE stay_version (id INTEGER, resident_id INTEGER, from_on TEXT, arrived TEXT, departed TEXT, departed_how TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
INSERT INTO stay_version VALUES(3,3,'2017-12-01','2017-12-01',NULL,NULL,8,10);
INSERT INTO stay_version VALUES(5,5,NULL,NULL,NULL,NULL,16,17);
INSERT INTO stay_version VALUES(8,7,'2018-04-01','2018-04-01',NULL,NULL,29,30);
INSERT INTO stay_version VALUES(7,6,'2019-05-01',NULL,NULL,NULL,26,35);
INSERT INTO stay_version VALUES(13,12,NULL,NULL,NULL,NULL,49,50);
CREATE TABLE permit_report_version (id INTEGER, permit_id INTEGER, on_day TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE passport_named_version (id INTEGER, resident_id INTEGER, passport_id INTEGER, on_day TEXT, retired_on TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE region_past_version (code TEXT, until_on TEXT, name TEXT, folded TEXT, parent_code TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE district_successor_version (code TEXT, successor_code TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE village_successor_version (code TEXT, successor_code TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE undone_version (undone_id INTEGER, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE clock_correction_version (id INTEGER, first_change INTEGER, last_change INTEGER, read_at TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE remembered_mapping (
    header_row TEXT NOT NULL, -- SHA-256 of the header row: letters and digits of its cells, whatever their case
    column_named TEXT NOT NULL, -- a column, as it was typed: its header, number or letter
    field TEXT NOT NULL, -- the field that an import reads from it
    change_id INTEGER NOT NULL REFERENCES change (id),
    PRIMARY KEY (header_row, column_named)
) STRICT;
INSERT INTO remembered_mapping VALUES('a84d01c43331ea9c42a528d5a7cc05b5b437f3f173616d48b78a440f29037156','Asal','nationality',37);
CREATE TABLE remembered_mapping_version (header_row TEXT, column_named TEXT, field TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE case_kind (
    code TEXT PRIMARY KEY
        CONSTRAINT case_kind_code_is_a_word CHECK (code <> '' AND code NOT GLOB '*[^A-Z0-9_]*'),
    position INTEGER NOT NULL,
    name_id TEXT NOT NULL,
    name_en TEXT NOT NULL,
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;
INSERT INTO case_kind VALUES('MARRIAGE',1,'Perkawinan','Marriage',1);
INSERT INTO case_kind VALUES('BIRTH',2,'Kelahiran','Birth',1);
INSERT INTO case_kind VALUES('DEATH',3,'Kematian','Death',1);
INSERT INTO case_kind VALUES('MOVE',4,'Pindah alamat','Move',1);
INSERT INTO case_kind VALUES('LOST_PASSPORT',5,'Paspor hilang','Lost passport',1);
INSERT INTO case_kind VALUES('OVERSTAY',6,'Melebihi izin tinggal','Overstay',1);
INSERT INTO case_kind VALUES('UNKNOWN_FOREIGNER',7,'Orang asing belum dikenal','Unknown foreigner',1);
INSERT INTO case_kind VALUES('WORK_WITHOUT_PERMIT',8,'Bekerja tanpa izin','Work without permit',1);
INSERT INTO case_kind VALUES('SKTT',9,'Surat keterangan tempat tinggal','Certificate of residence',1);
INSERT INTO case_kind VALUES('ABG',10,'Anak berkewarganegaraan ganda','Child of two nationalities',1);
INSERT INTO case_kind VALUES('OTHER',11,'Lainnya','Other',1);
CREATE TABLE case_state (
    code TEXT PRIMARY KEY
        CONSTRAINT case_state_code_is_a_word CHECK (code <> '' AND code NOT GLOB '*[^A-Z0-9_]*'),
    position INTEGER NOT NULL,
    name_id TEXT NOT NULL,
    name_en TEXT NOT NULL,
    is_closed INTEGER NOT NULL -- 1: nobody has to do anything more
        CONSTRAINT case_state_closed_is_a_flag CHECK (is_closed IN (0, 1)),
    needs TEXT NOT NULL -- what a case needs to come into this state
        CONSTRAINT case_state_needs_is_known CHECK (
            needs IN (
                'NOTHING',
                'TEXT', -- a text that says why
                'STEPS', -- at least one step, and every step that has to be settled
                'CASE' -- the other case that it is the same as
            )
        ),
    source TEXT NOT NULL,
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;
INSERT INTO case_state VALUES('REPORTED',1,'Diajukan','Reported',0,'NOTHING','SIMPEL DBI, a peer for reports of villages: Diajukan',1);
INSERT INTO case_state VALUES('RETURNED',2,'Minta perbaikan','Asked for more',0,'TEXT','SIMPEL DBI: Minta Perbaikan',1);
INSERT INTO case_state VALUES('VERIFIED',3,'Diverifikasi','Verified',0,'NOTHING','SIMPEL DBI: Diverifikasi',1);
INSERT INTO case_state VALUES('FOLLOWED_UP',4,'Ditindaklanjuti','Followed up',0,'TEXT','SIMPEL DBI: Ditindaklanjuti',1);
INSERT INTO case_state VALUES('DONE',5,'Selesai','Done',1,'STEPS','SIMPEL DBI: Selesai',1);
INSERT INTO case_state VALUES('REJECTED',6,'Ditolak','Rejected',1,'TEXT','SIMPEL DBI: Ditolak',1);
INSERT INTO case_state VALUES('DUPLICATE',7,'Sama dengan perkara lain','Same as another case',1,'CASE','the office''s own: one open case for one cause',1);
CREATE TABLE case_follow (
    state_code TEXT NOT NULL REFERENCES case_state (code),
    next_code TEXT NOT NULL REFERENCES case_state (code),
    change_id INTEGER NOT NULL REFERENCES change (id),
    PRIMARY KEY (state_code, next_code),
    CONSTRAINT case_follow_is_another CHECK (next_code <> state_code)
) STRICT;
INSERT INTO case_follow VALUES('REJECTED','REPORTED',1);
INSERT INTO case_follow VALUES('DUPLICATE','REPORTED',1);
INSERT INTO case_follow VALUES('REPORTED','RETURNED',1);
INSERT INTO case_follow VALUES('REPORTED','VERIFIED',1);
INSERT INTO case_follow VALUES('RETURNED','VERIFIED',1);
INSERT INTO case_follow VALUES('DONE','VERIFIED',1);
INSERT INTO case_follow VALUES('VERIFIED','FOLLOWED_UP',1);
INSERT INTO case_follow VALUES('VERIFIED','DONE',1);
INSERT INTO case_follow VALUES('FOLLOWED_UP','DONE',1);
INSERT INTO case_follow VALUES('REPORTED','REJECTED',1);
INSERT INTO case_follow VALUES('RETURNED','REJECTED',1);
INSERT INTO case_follow VALUES('VERIFIED','REJECTED',1);
INSERT INTO case_follow VALUES('FOLLOWED_UP','REJECTED',1);
INSERT INTO case_follow VALUES('REPORTED','DUPLICATE',1);
INSERT INTO case_follow VALUES('RETURNED','DUPLICATE',1);
INSERT INTO case_follow VALUES('VERIFIED','DUPLICATE',1);
INSERT INTO case_follow VALUES('FOLLOWED_UP','DUPLICATE',1);
CREATE TABLE case_step (
    code TEXT PRIMARY KEY
        CONSTRAINT case_step_code_is_a_word CHECK (code <> '' AND code NOT GLOB '*[^A-Z0-9_]*'),
    kind_code TEXT NOT NULL REFERENCES case_kind (code),
    position INTEGER NOT NULL,
    text_id TEXT NOT NULL,
    text_en TEXT NOT NULL,
    papers_id TEXT, -- what is to be brought
    papers_en TEXT,
    is_needed INTEGER NOT NULL -- 1: a case is not done before this step is settled; 0: it is explained, no more
        CONSTRAINT case_step_needed_is_a_flag CHECK (is_needed IN (0, 1)),
    counted_from TEXT -- from which day the rule counts
        CONSTRAINT case_step_counted_from_is_known CHECK (
            counted_from IN (
                'HAPPENED', -- the day on which it happened
                'PERMIT_ISSUED', -- the day of issue of the permit that is held
                'PERMIT_ENDS' -- the last day on which that permit holds
            )
        ),
    rule_kind TEXT, -- the rule that gives the days or years, by its kind
    rule_subject TEXT, -- and its subject; NULL: the class of the permit that is held
    valid_from TEXT
        CONSTRAINT case_step_from_is_a_date CHECK (valid_from IS date(valid_from, '+0 days')),
    valid_until TEXT -- the last day
        CONSTRAINT case_step_until_is_a_date CHECK (valid_until IS date(valid_until, '+0 days')),
    source TEXT NOT NULL,
    verified INTEGER NOT NULL
        CONSTRAINT case_step_verified_is_a_flag CHECK (verified IN (0, 1)),
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT case_step_has_a_text CHECK (trim(text_id) <> '' AND trim(text_en) <> ''),
    CONSTRAINT case_step_counts_by_a_rule CHECK ((counted_from IS NULL) = (rule_kind IS NULL)),
    CONSTRAINT case_step_ends_after_it_begins CHECK (valid_until >= valid_from)
) STRICT;
INSERT INTO case_step VALUES('MARRIAGE_VALID','MARRIAGE',1,'Pastikan perkawinan sah. Bila menikah di luar negeri, laporkan ke Perwakilan RI, lalu ke Dukcapil.','See that the marriage is valid. A marriage abroad is reported to the Indonesian mission, then to Dukcapil.','buku nikah atau akta perkawinan','marriage book or marriage deed',1,NULL,NULL,NULL,NULL,NULL,'percaindonesia.com; kompasiana.com/eny_darief11',0,1);
INSERT INTO case_step VALUES('MARRIAGE_REPORT','MARRIAGE',2,'Laporkan perkawinan ke kantor imigrasi.','Report the marriage to the immigration office.','buku nikah atau akta perkawinan, paspor, KTP dan KK pasangan WNI','marriage book or deed, passport, KTP and KK of the Indonesian spouse',1,'HAPPENED','REPORTING_DAYS','CIVIL_STATUS',NULL,NULL,'UU 6/2011 art 71(a); kotabumi.imigrasi.go.id/layanan/wna/perdat (the days are practice)',0,1);
INSERT INTO case_step VALUES('MARRIAGE_SPOUSE_ANSWERS','MARRIAGE',3,'Pasangan WNI menjadi penanggung jawab. Ketentuan penjamin tidak berlaku selama perkawinan; sesudah bercerai diperlukan penjamin.','The Indonesian spouse answers for the foreigner. The rules on sponsors do not apply during the marriage; after a divorce a sponsor is needed.','KTP dan KK pasangan WNI','KTP and KK of the Indonesian spouse',1,NULL,NULL,NULL,NULL,NULL,'UU 6/2011 art 63(4)a and 63(5)',0,1);
INSERT INTO case_step VALUES('MARRIAGE_PERMIT','MARRIAGE',4,'Pemegang izin kunjungan: ajukan visa penyatuan keluarga (C317, sekarang E31A) atau alih status ke ITAS. Pemegang ITAS: perpanjang seperti biasa.','Holders of a visit permit: apply for a visa for family reunification (C317, now E31A) or for a conversion to ITAS. Holders of an ITAS: extend it as usual.','paspor, buku nikah atau akta, KTP dan KK pasangan WNI','passport, marriage book or deed, KTP and KK of the Indonesian spouse',1,'PERMIT_ENDS','CONVERSION_WINDOW_DAYS','ITK',NULL,NULL,'Permenkumham 22/2023; imigrasi.go.id/berita/2023/01/17; sulteng.antaranews.com/amp/berita/319715',0,1);
INSERT INTO case_step VALUES('MARRIAGE_SKTT','MARRIAGE',5,'Sesudah ITAS terbit, urus SKTT di Dukcapil.','Once the ITAS is issued, get the SKTT (certificate of residence) from Dukcapil.','paspor, ITAS','passport, ITAS',1,'PERMIT_ISSUED','REPORTING_DAYS','SKTT',NULL,NULL,'UU 23/2006 art 20(1); dispendukcapil.kedirikota.go.id/submenu/14',0,1);
INSERT INTO case_step VALUES('MARRIAGE_ADDRESS','MARRIAGE',6,'Bila pindah alamat, lapor mutasi: keluar di kantor imigrasi lama, masuk di kantor yang baru.','Where the address changes: report it, first at the old immigration office and then at the new one.',NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,'UU 6/2011 art 71(a); imigrasi.go.id/berita/2022/02/24/cara-mengubah-data-alamat',0,1);
INSERT INTO case_step VALUES('MARRIAGE_ITAP','MARRIAGE',7,'Sesudah dua tahun perkawinan, ITAP dapat diajukan.','After two years of marriage an ITAP can be applied for.','buku nikah atau akta, KTP dan KK pasangan WNI, SKTT, paspor','marriage book or deed, KTP and KK of the Indonesian spouse, SKTT, passport',0,'HAPPENED','AFTER_YEARS','ITAP_BY_MARRIAGE',NULL,NULL,'babel.kemenkumham.go.id/layanan/imigrasi/izin-tinggal-tetap; kotabumi.imigrasi.go.id/layanan/wna/itap',0,1);
INSERT INTO case_step VALUES('BIRTH_DEED','BIRTH',1,'Urus akta kelahiran di Dukcapil.','Get the birth deed from Dukcapil.','surat keterangan lahir, paspor, izin tinggal orang tua','the hospital''s letter, passports and stay permits of the parents',1,NULL,NULL,NULL,NULL,NULL,'general practice, not checked',0,1);
INSERT INTO case_step VALUES('BIRTH_REPORT','BIRTH',2,'Laporkan kelahiran ke kantor imigrasi.','Report the birth to the immigration office.','akta kelahiran, paspor dan izin tinggal orang tua','birth deed, passports and stay permits of the parents',1,'HAPPENED','REPORTING_DAYS','CIVIL_STATUS',NULL,NULL,'UU 6/2011 art 71(a); kotabumi.imigrasi.go.id/layanan/wna/perdat (the days are practice)',0,1);
INSERT INTO case_step VALUES('BIRTH_ABG','BIRTH',3,'Bila ayah atau ibu WNI: daftarkan anak sebagai anak berkewarganegaraan ganda di kantor imigrasi. Anak memilih pada umur 18 atau saat menikah; pernyataan paling lambat umur 21.','Where one parent is Indonesian: register the child as one of two nationalities (ABG) at the immigration office. It chooses at 18 or at marriage, and states it by 21.','akta kelahiran, buku nikah orang tua','birth deed, marriage book of the parents',1,NULL,NULL,NULL,NULL,NULL,'UU 12/2006 art 6; singaraja.imigrasi.go.id/kewarganegaraan-ganda-affidavit',0,1);
INSERT INTO case_step VALUES('BIRTH_PERMIT','BIRTH',4,'Bila kedua orang tua orang asing: ajukan izin tinggal anak, mengikuti izin tinggal orang tua.','Where both parents are foreigners: apply for the child''s stay permit, which follows that of the parents.','akta kelahiran, paspor anak','birth deed, passport of the child',1,NULL,NULL,NULL,NULL,NULL,'babel.kemenkumham.go.id/layanan/imigrasi/izin-tinggal-tetap (an ITAP of a child follows the parent''s)',0,1);
INSERT INTO case_step VALUES('DEATH_DEED','DEATH',1,'Urus akta kematian di Dukcapil dan beri tahu perwakilan negaranya.','Get the death deed from Dukcapil, and inform the mission of the country.','surat keterangan kematian, paspor','the letter of death, passport',1,NULL,NULL,NULL,NULL,NULL,'general practice, not checked',0,1);
INSERT INTO case_step VALUES('DEATH_RECORD','DEATH',2,'Kembalikan izin tinggal ke kantor imigrasi; izin tinggal berakhir.','Return the stay permit to the immigration office; it has ended.','paspor, izin tinggal','passport, stay permit',1,NULL,NULL,NULL,NULL,NULL,'ngurahrai.imigrasi.go.id (a permit ends by death)',0,1);
INSERT INTO case_step VALUES('DEATH_SPOUSE','DEATH',3,'Bila yang meninggal pasangan WNI: izin tinggal pasangan asing tetap berlaku, dan diperlukan penjamin WNI.','Where the Indonesian spouse died: the permit of the foreign spouse stays, and an Indonesian sponsor is needed.','akta kematian, surat penjamin','death deed, letter of the sponsor',0,NULL,NULL,NULL,NULL,NULL,'agenkitas.com/izin-tinggal-perkawinan-campuran',0,1);
INSERT INTO case_step VALUES('MOVE_OUT','MOVE',1,'Bila pindah dari wilayah kantor lain: lapor mutasi keluar di kantor imigrasi lama.','Where the move is from the area of another office: report it at the old immigration office first.',NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,'imigrasi.go.id/berita/2022/02/24/cara-mengubah-data-alamat',0,1);
INSERT INTO case_step VALUES('MOVE_IN','MOVE',2,'Lapor alamat baru di kantor imigrasi.','Report the new address to the immigration office.','paspor, izin tinggal, surat domisili','passport, stay permit, letter of the village on the address',1,NULL,NULL,NULL,NULL,NULL,'UU 6/2011 art 71(a); no term was found',0,1);
INSERT INTO case_step VALUES('LOST_POLICE','LOST_PASSPORT',1,'Lapor kehilangan ke kepolisian.','Report the loss to the police.',NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,'general practice, not checked',0,1);
INSERT INTO case_step VALUES('LOST_MISSION','LOST_PASSPORT',2,'Minta paspor baru pada perwakilan negaranya.','Ask the mission of the country for a new passport.','surat kehilangan dari kepolisian','letter of the police on the loss',1,NULL,NULL,NULL,NULL,NULL,'general practice, not checked',0,1);
INSERT INTO case_step VALUES('LOST_TRANSFER','LOST_PASSPORT',3,'Lapor mutasi paspor di kantor imigrasi: izin tinggal dipindahkan ke paspor baru.','Report the new passport to the immigration office: the stay permit is moved to it.','paspor baru, surat kehilangan, izin tinggal','new passport, letter of the police, stay permit',1,NULL,NULL,NULL,NULL,NULL,'Mutasi Paspor, a line of the offices'' daily report',0,1);
INSERT INTO case_step VALUES('OVERSTAY_CHECK','OVERSTAY',1,'Periksa izin tinggal dalam register: hari terakhir, dan kebijakan yang memperpanjangnya.','Look up the stay permit in the register: its last day, and any relief.',NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,'UU 6/2011 art 78',0,1);
INSERT INTO case_step VALUES('OVERSTAY_CALL','OVERSTAY',2,'Panggil yang bersangkutan. Sampai 60 hari dikenai biaya beban; lebih dari 60 hari deportasi dan penangkalan. Keputusan pada kepala kantor.','Call the person in. Up to 60 days there is a charge (biaya beban); over 60 days deportation and a ban. The head of office decides.','paspor, izin tinggal','passport, stay permit',1,NULL,NULL,NULL,NULL,NULL,'UU 6/2011 art 78; PP 45/2024 art 7(1)',0,1);
INSERT INTO case_step VALUES('UNKNOWN_VISIT','UNKNOWN_FOREIGNER',1,'Datangi tempatnya dengan surat perintah. Bila mendesak, lapor dahulu; surat perintah paling lambat satu hari kemudian.','Go there with a letter of assignment. Where it is urgent, report first; the letter follows within a day.','surat perintah','letter of assignment',1,NULL,NULL,NULL,NULL,NULL,'Permenimipas 2/2025 art 30',0,1);
INSERT INTO case_step VALUES('UNKNOWN_IDENTITY','UNKNOWN_FOREIGNER',2,'Catat identitas dan dokumen, lalu cari dalam register.','Note the identity and the papers, then look the person up in the register.',NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,'Permenimipas 2/2025 art 30',0,1);
INSERT INTO case_step VALUES('UNKNOWN_FINDING','UNKNOWN_FOREIGNER',3,'Tuangkan temuan dalam berita acara.','Write the finding down in an official report (BAP).',NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,'Permenimipas 2/2025 art 30',0,1);
INSERT INTO case_step VALUES('WORK_VISIT','WORK_WITHOUT_PERMIT',1,'Awasi di lapangan dengan surat perintah: tempat kerja, kegiatan, izin tinggal dan tujuannya.','Supervise in the field with a letter of assignment: the workplace, the activity, the stay permit and its purpose.','surat perintah','letter of assignment',1,NULL,NULL,NULL,NULL,NULL,'Permenimipas 2/2025 art 30',0,1);
INSERT INTO case_step VALUES('WORK_FINDING','WORK_WITHOUT_PERMIT',2,'Tuangkan temuan dalam berita acara dan ajukan ke gelar perkara.','Write the finding down in an official report (BAP), and bring it before the case conference.','berita acara','official report (BAP)',1,NULL,NULL,NULL,NULL,NULL,'Permenimipas 2/2025 arts 30, 59',0,1);
INSERT INTO case_step VALUES('SKTT_ISSUED','SKTT',1,'Urus surat keterangan tempat tinggal (SKTT) di Dukcapil.','Get the certificate of residence (SKTT) from Dukcapil.','paspor, ITAS, surat penjamin','passport, ITAS, letter of the sponsor',1,'PERMIT_ISSUED','REPORTING_DAYS','SKTT',NULL,NULL,'UU 23/2006 art 20(1); dispendukcapil.kedirikota.go.id/submenu/14',0,1);
INSERT INTO case_step VALUES('ABG_CHOICE','ABG',1,'Anak memilih salah satu kewarganegaraan pada umur 18 tahun atau saat menikah.','The child chooses one nationality at 18 or at marriage.','akta kelahiran, sertifikat ABG, paspor','birth deed, ABG certificate, passports',1,'HAPPENED','AT_AGE_YEARS','ABG_CHOICE',NULL,NULL,'UU 12/2006 art 6; singaraja.imigrasi.go.id/kewarganegaraan-ganda-affidavit',0,1);
INSERT INTO case_step VALUES('ABG_STATEMENT','ABG',2,'Pernyataan pilihan disampaikan dalam tiga tahun, paling lambat umur 21.','The choice is stated within three years, so by 21.','pernyataan memilih, paspor','statement of the choice, passports',1,'HAPPENED','AT_AGE_YEARS','ABG_STATEMENT',NULL,NULL,'UU 12/2006 art 6; sulsel.fajar.co.id/2023/03/13',0,1);
INSERT INTO case_step VALUES('OTHER_ANSWER','OTHER',1,'Jawab pelapor dan catat jawabannya.','Answer the one who reported it, and note the answer.',NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,'the office''s own',0,1);
CREATE TABLE case_file (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind_code TEXT NOT NULL REFERENCES case_kind (code),
    reported_at TEXT NOT NULL -- the moment at which the office heard of it
        CONSTRAINT case_file_reported_is_a_moment CHECK (
            reported_at IS date(reported_at, '+0 days')
            OR reported_at IS strftime('%Y-%m-%dT%H:%M', reported_at, '+0 days')
        ),
    reporter TEXT NOT NULL -- the office that is held by who reported it, and no more of a person than is needed
        CONSTRAINT case_file_has_a_reporter CHECK (trim(reporter) <> ''),
    happened_on TEXT
        CONSTRAINT case_file_happened_is_a_date CHECK (happened_on IS date(happened_on, '+0 days')),
    village_code TEXT REFERENCES village (code),
    district_code TEXT REFERENCES district (code), -- where the village is not known, and the district is
    place TEXT, -- in words: a beach, a hotel
    report TEXT NOT NULL -- what was reported
        CONSTRAINT case_file_has_a_text CHECK (trim(report) <> ''),
    owner TEXT NOT NULL -- the officer who has to see to it
        CONSTRAINT case_file_has_an_owner CHECK (trim(owner) <> ''),
    resident_id INTEGER REFERENCES resident (id), -- NULL: nobody knows yet whom it is about
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT case_file_names_a_place CHECK (village_code IS NOT NULL OR district_code IS NOT NULL OR place IS NOT NULL),
    CONSTRAINT case_file_happened_before_it_was_reported CHECK (happened_on <= substr(reported_at, 1, 10))
) STRICT;
INSERT INTO case_file VALUES(1,'MARRIAGE','2020-09-17T10:00','Kepala Desa Contoh','2020-09-05','19.02.01.2012',NULL,NULL,'she married an Indonesian','Officer Invented',1,38);
INSERT INTO case_file VALUES(2,'OTHER','2020-09-10','Camat',NULL,NULL,'19.02.04','Pantai','a tent','Officer Invented',NULL,41);
CREATE TABLE case_event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id INTEGER NOT NULL REFERENCES case_file (id),
    at TEXT NOT NULL -- the moment at which it happened, however late it is recorded
        CONSTRAINT case_event_at_is_a_moment CHECK (
            at IS date(at, '+0 days') OR at IS strftime('%Y-%m-%dT%H:%M', at, '+0 days')
        ),
    state_code TEXT REFERENCES case_state (code),
    other_case_id INTEGER REFERENCES case_file (id), -- the case that it is the same as
    step_code TEXT REFERENCES case_step (code),
    settled TEXT
        CONSTRAINT case_event_settled_is_known CHECK (settled IN ('DONE', 'NOT_NEEDED')),
    note TEXT,
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT case_event_says_one_thing CHECK (state_code IS NULL OR step_code IS NULL),
    CONSTRAINT case_event_says_something CHECK (state_code IS NOT NULL OR step_code IS NOT NULL OR coalesce(trim(note), '') <> ''),
    CONSTRAINT case_event_step_is_settled CHECK ((step_code IS NULL) = (settled IS NULL)),
    CONSTRAINT case_event_not_needed_has_a_reason CHECK (settled IS NOT 'NOT_NEEDED' OR coalesce(trim(note), '') <> ''),
    CONSTRAINT case_event_is_the_same_as_another CHECK (
        other_case_id IS NULL OR (other_case_id <> case_id AND state_code IS NOT NULL)
    )
) STRICT;
INSERT INTO case_event VALUES(1,1,'2020-09-18T09:00','VERIFIED',NULL,NULL,NULL,NULL,39);
INSERT INTO case_event VALUES(2,1,'2020-09-18',NULL,NULL,'MARRIAGE_VALID','DONE',NULL,40);
INSERT INTO case_event VALUES(3,2,'2020-09-11','REJECTED',NULL,NULL,NULL,'nobody there',42);
CREATE TABLE case_kind_version (code TEXT, position INTEGER, name_id TEXT, name_en TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE case_state_version (code TEXT, position INTEGER, name_id TEXT, name_en TEXT, is_closed INTEGER, needs TEXT, source TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE case_follow_version (state_code TEXT, next_code TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE case_step_version (code TEXT, kind_code TEXT, position INTEGER, text_id TEXT, text_en TEXT, papers_id TEXT, papers_en TEXT, is_needed INTEGER, counted_from TEXT, rule_kind TEXT, rule_subject TEXT, valid_from TEXT, valid_until TEXT, source TEXT, verified INTEGER, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE case_file_version (id INTEGER, kind_code TEXT, reported_at TEXT, reporter TEXT, happened_on TEXT, village_code TEXT, district_code TEXT, place TEXT, report TEXT, owner TEXT, resident_id INTEGER, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE case_event_version (id INTEGER, case_id INTEGER, at TEXT, state_code TEXT, other_case_id INTEGER, step_code TEXT, settled TEXT, note TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE inspection (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    on_day TEXT NOT NULL -- the day of the visit
        CONSTRAINT inspection_day_is_a_date CHECK (on_day IS date(on_day, '+0 days')),
    officers TEXT NOT NULL -- who went there, in words
        CONSTRAINT inspection_has_officers CHECK (trim(officers) <> ''),
    letter_number TEXT -- of the letter of assignment; NULL: there is none yet
        CONSTRAINT inspection_letter_has_a_number CHECK (trim(letter_number) <> ''),
    letter_on TEXT -- the day of that letter
        CONSTRAINT inspection_letter_day_is_a_date CHECK (letter_on IS date(letter_on, '+0 days')),
    is_urgent INTEGER NOT NULL -- 1: it could not wait for its letter
        CONSTRAINT inspection_urgent_is_a_flag CHECK (is_urgent IN (0, 1)),
    village_code TEXT REFERENCES village (code), -- where it was
    district_code TEXT REFERENCES district (code), -- where the village is not known, and the district is
    place TEXT, -- in words: a beach, a hotel
    finding TEXT, -- what was found, in words
    case_id INTEGER REFERENCES case_file (id), -- the case that follows from it
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT inspection_letter_is_whole CHECK ((letter_number IS NULL) = (letter_on IS NULL)),
    CONSTRAINT inspection_has_a_letter CHECK (is_urgent = 1 OR letter_number IS NOT NULL),
    CONSTRAINT inspection_letter_comes_first CHECK (is_urgent = 1 OR letter_on <= on_day),
    CONSTRAINT inspection_names_one_place CHECK (village_code IS NULL OR district_code IS NULL)
) STRICT;
INSERT INTO inspection VALUES(1,'2020-09-15','Contoh, Rekaan','W-1','2020-09-14',0,'19.02.01.1001',NULL,NULL,NULL,NULL,43);
CREATE TABLE inspection_resident (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    inspection_id INTEGER NOT NULL REFERENCES inspection (id),
    resident_id INTEGER NOT NULL REFERENCES resident (id),
    is_seen INTEGER NOT NULL -- 1: met, or found to live there; 0: not found
        CONSTRAINT inspection_resident_seen_is_a_flag CHECK (is_seen IN (0, 1)),
    address TEXT NOT NULL -- whether the person lives where the register said on that day
        CONSTRAINT inspection_resident_address_is_known CHECK (address IN ('AS_REGISTERED', 'DIFFERS', 'NOT_CHECKED')),
    address_found TEXT, -- where the person lives, where that differs
    class TEXT NOT NULL -- whether the person holds a permit of the class that the register said
        CONSTRAINT inspection_resident_class_is_known CHECK (class IN ('AS_REGISTERED', 'DIFFERS', 'NOT_CHECKED')),
    class_found TEXT -- the class of the permit that was shown, NONE where there was none
        CONSTRAINT inspection_resident_class_is_a_word CHECK (class_found NOT GLOB '*[^A-Z]*'),
    activity TEXT NOT NULL -- whether the person does what the register said
        CONSTRAINT inspection_resident_activity_is_known CHECK (
            activity IN ('AS_REGISTERED', 'DIFFERS', 'NOT_CHECKED')
        ),
    activity_found TEXT, -- what the person does, where that differs
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT inspection_resident_address_differs_in_words CHECK (
        (address = 'DIFFERS') = (trim(coalesce(address_found, '')) <> '')
    ),
    CONSTRAINT inspection_resident_class_differs_in_words CHECK (
        (class = 'DIFFERS') = (trim(coalesce(class_found, '')) <> '')
    ),
    CONSTRAINT inspection_resident_activity_differs_in_words CHECK (
        (activity = 'DIFFERS') = (trim(coalesce(activity_found, '')) <> '')
    )
) STRICT;
INSERT INTO inspection_resident VALUES(1,1,1,1,'AS_REGISTERED',NULL,'NOT_CHECKED',NULL,'NOT_CHECKED',NULL,43);
CREATE TABLE inspection_version (id INTEGER, on_day TEXT, officers TEXT, letter_number TEXT, letter_on TEXT, is_urgent INTEGER, village_code TEXT, district_code TEXT, place TEXT, finding TEXT, case_id INTEGER, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE inspection_resident_version (id INTEGER, inspection_id INTEGER, resident_id INTEGER, is_seen INTEGER, address TEXT, address_found TEXT, class TEXT, class_found TEXT, activity TEXT, activity_found TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE meeting (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    level TEXT NOT NULL -- of which region: the codes are those of LEVELS in model/terms.py
        CONSTRAINT meeting_level_is_known CHECK (level IN ('DISTRICT', 'REGENCY', 'PROVINCE', 'NATIONAL')),
    on_day TEXT NOT NULL -- the day of the meeting, which may be still to come
        CONSTRAINT meeting_day_is_a_date CHECK (on_day IS date(on_day, '+0 days')),
    begins_at TEXT -- the time of the office's clock, as in 09:00
        CONSTRAINT meeting_begins_is_a_time CHECK (
            begins_at GLOB '[01][0-9]:[0-5][0-9]' OR begins_at GLOB '2[0-3]:[0-5][0-9]'
        ),
    ends_at TEXT -- the time at which it ended, or is to end
        CONSTRAINT meeting_ends_is_a_time CHECK (
            ends_at GLOB '[01][0-9]:[0-5][0-9]' OR ends_at GLOB '2[0-3]:[0-5][0-9]'
        ),
    place TEXT NOT NULL -- the house and the town
        CONSTRAINT meeting_has_a_place CHECK (trim(place) <> ''),
    theme TEXT NOT NULL -- what it is about: the Hal of the letter, the head of the minutes
        CONSTRAINT meeting_has_a_theme CHECK (trim(theme) <> ''),
    opened_by TEXT, -- who opens it, by name or by office
    chair TEXT, -- who leads it, by name or by office
    secretary TEXT, -- its secretary, by name or by office
    note_taker TEXT, -- who takes the notes, by name or by office
    letter_number TEXT, -- the Nomor of the invitation
    letter_on TEXT -- the day on which the invitation is signed
        CONSTRAINT meeting_letter_is_a_date CHECK (letter_on IS date(letter_on, '+0 days')),
    nature TEXT, -- the Sifat of the invitation, as in Penting
    attachments TEXT, -- the Lampiran of the invitation, as in 1 lembar
    signer TEXT, -- who signs the pages, by name
    signer_office TEXT, -- the office of who signs
    signer_number TEXT, -- the number (NIP) of who signs
    closed_on TEXT -- the day on which the office closed it; NULL: it is not closed
        CONSTRAINT meeting_closed_is_a_date CHECK (closed_on IS date(closed_on, '+0 days')),
    closed_change INTEGER REFERENCES change (id), -- the last change that the register knew then
    no_decisions TEXT, -- why it was closed without any decision
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT meeting_ends_after_it_begins CHECK (ends_at > begins_at),
    CONSTRAINT meeting_closing_is_whole CHECK ((closed_on IS NULL) = (closed_change IS NULL)),
    CONSTRAINT meeting_is_held_before_it_is_closed CHECK (closed_on >= on_day)
) STRICT;
INSERT INTO meeting VALUES(1,'DISTRICT','2020-09-17',NULL,NULL,'Hotel Contoh','Rapat',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-28',48,NULL,48);
CREATE TABLE meeting_invited (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL REFERENCES meeting (id),
    institution TEXT NOT NULL -- the agency or the village, as in Polsek Tanjungpandan
        CONSTRAINT meeting_invited_has_an_institution CHECK (trim(institution) <> ''),
    office TEXT -- whom of it: the office (jabatan) that is invited, as in Kapolsek
        CONSTRAINT meeting_invited_office_is_not_blank CHECK (trim(office) <> ''),
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;
INSERT INTO meeting_invited VALUES(1,1,'Polsek Contoh','Kapolsek',45);
CREATE TABLE meeting_present (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL REFERENCES meeting (id),
    invited_id INTEGER REFERENCES meeting_invited (id), -- the invitation that is answered
    institution TEXT -- of somebody who came without an invitation, the institution
        CONSTRAINT meeting_present_institution_is_not_blank CHECK (trim(institution) <> ''),
    name TEXT NOT NULL -- who came
        CONSTRAINT meeting_present_has_a_name CHECK (trim(name) <> ''),
    office TEXT, -- the office of who came
    stands_in_for TEXT, -- in whose place (mewakili): an office or a name
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT meeting_present_is_of_one_institution CHECK ((invited_id IS NULL) <> (institution IS NULL))
) STRICT;
INSERT INTO meeting_present VALUES(1,1,1,NULL,'Contoh Satu',NULL,NULL,46);
CREATE TABLE meeting_item (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL REFERENCES meeting (id),
    kind TEXT NOT NULL
        CONSTRAINT meeting_item_kind_is_known CHECK (kind IN ('AGENDA', 'RISK', 'FINDING', 'OBSTACLE', 'COPY')),
    position INTEGER NOT NULL -- its place among those of its kind; places that nobody has are passed over
        CONSTRAINT meeting_item_position_is_positive CHECK (position > 0),
    text TEXT NOT NULL
        CONSTRAINT meeting_item_has_a_text CHECK (trim(text) <> ''),
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;
CREATE TABLE decision (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL REFERENCES meeting (id),
    text TEXT NOT NULL -- what is to be done
        CONSTRAINT decision_has_a_text CHECK (trim(text) <> ''),
    owner TEXT NOT NULL -- who sees to it: an institution or an office
        CONSTRAINT decision_has_an_owner CHECK (trim(owner) <> ''),
    due_on TEXT NOT NULL -- the last day by which it is to be done
        CONSTRAINT decision_due_is_a_date CHECK (due_on IS date(due_on, '+0 days')),
    ended_on TEXT -- the day on which it was done, or dropped
        CONSTRAINT decision_ended_is_a_date CHECK (ended_on IS date(ended_on, '+0 days')),
    ended_as TEXT
        CONSTRAINT decision_ended_as_is_known CHECK (ended_as IN ('DONE', 'DROPPED')),
    ended_reason TEXT, -- why it was dropped, or what was done
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT decision_end_is_whole CHECK ((ended_on IS NULL) = (ended_as IS NULL)),
    CONSTRAINT decision_dropped_has_a_reason CHECK (ended_as IS NOT 'DROPPED' OR coalesce(trim(ended_reason), '') <> '')
) STRICT;
INSERT INTO decision VALUES(1,1,'Desa melapor','Camat','2020-10-31',NULL,NULL,NULL,47);
CREATE TABLE letterhead (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    valid_from TEXT NOT NULL -- the first day of this letterhead
        CONSTRAINT letterhead_from_is_a_date CHECK (valid_from IS date(valid_from, '+0 days')),
    position INTEGER NOT NULL -- the place of the line, from 1
        CONSTRAINT letterhead_position_is_positive CHECK (position > 0),
    text TEXT NOT NULL
        CONSTRAINT letterhead_line_has_a_text CHECK (trim(text) <> ''),
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;
CREATE TABLE meeting_version (id INTEGER, level TEXT, on_day TEXT, begins_at TEXT, ends_at TEXT, place TEXT, theme TEXT, opened_by TEXT, chair TEXT, secretary TEXT, note_taker TEXT, letter_number TEXT, letter_on TEXT, nature TEXT, attachments TEXT, signer TEXT, signer_office TEXT, signer_number TEXT, closed_on TEXT, closed_change INTEGER, no_decisions TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
INSERT INTO meeting_version VALUES(1,'DISTRICT','2020-09-17',NULL,NULL,'Hotel Contoh','Rapat',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,44,48);
CREATE TABLE meeting_invited_version (id INTEGER, meeting_id INTEGER, institution TEXT, office TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE meeting_present_version (id INTEGER, meeting_id INTEGER, invited_id INTEGER, institution TEXT, name TEXT, office TEXT, stands_in_for TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE meeting_item_version (id INTEGER, meeting_id INTEGER, kind TEXT, position INTEGER, text TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE decision_version (id INTEGER, meeting_id INTEGER, text TEXT, owner TEXT, due_on TEXT, ended_on TEXT, ended_as TEXT, ended_reason TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE letterhead_version (id INTEGER, valid_from TEXT, position INTEGER, text TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE letter (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- the number in the names of its files
    on_day TEXT NOT NULL -- the day of the letter
        CONSTRAINT letter_day_is_a_date CHECK (on_day IS date(on_day, '+0 days')),
    addressee TEXT NOT NULL -- to whom it is, by name, as it stands in the letter
        CONSTRAINT letter_has_an_addressee CHECK (trim(addressee) <> ''),
    sponsor_id INTEGER, -- the id of the sponsor to whom it is, or
    family_link_id INTEGER, -- the id of the family link of the Indonesian spouse to whom it is
    change_id INTEGER NOT NULL REFERENCES change (id),
    CONSTRAINT letter_is_to_one CHECK ((sponsor_id IS NULL) <> (family_link_id IS NULL))
) STRICT;
INSERT INTO letter VALUES(1,'2026-11-28','PT Contoh Rekaan',1,NULL,51);
CREATE TABLE letter_person (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    permit_id INTEGER NOT NULL, -- the id of the permit; its holder is the person
    until_on TEXT -- the effective end for which the letter was made; NULL: nobody knew it
        CONSTRAINT letter_person_until_is_a_date CHECK (until_on IS date(until_on, '+0 days')),
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;
INSERT INTO letter_person VALUES(1,1,3,'2021-02-09',51);
CREATE TABLE letter_version (id INTEGER, on_day TEXT, addressee TEXT, sponsor_id INTEGER, family_link_id INTEGER, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
CREATE TABLE letter_person_version (id INTEGER, letter_id INTEGER, permit_id INTEGER, until_on TEXT, change_id INTEGER, until_change INTEGER NOT NULL) STRICT;
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('rule',34);
INSERT INTO sqlite_sequence VALUES('sponsor',1);
INSERT INTO sqlite_sequence VALUES('resident',12);
INSERT INTO sqlite_sequence VALUES('passport',7);
INSERT INTO sqlite_sequence VALUES('stay',13);
INSERT INTO sqlite_sequence VALUES('residence',17);
INSERT INTO sqlite_sequence VALUES('permit',12);
INSERT INTO sqlite_sequence VALUES('family_link',1);
INSERT INTO sqlite_sequence VALUES('permit_report',1);
INSERT INTO sqlite_sequence VALUES('case_file',2);
INSERT INTO sqlite_sequence VALUES('case_event',3);
INSERT INTO sqlite_sequence VALUES('inspection',1);
INSERT INTO sqlite_sequence VALUES('inspection_resident',1);
INSERT INTO sqlite_sequence VALUES('meeting',1);
INSERT INTO sqlite_sequence VALUES('meeting_invited',1);
INSERT INTO sqlite_sequence VALUES('meeting_present',1);
INSERT INTO sqlite_sequence VALUES('decision',1);
INSERT INTO sqlite_sequence VALUES('letter',1);
INSERT INTO sqlite_sequence VALUES('letter_person',1);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX district_by_name ON district (folded);
CREATE INDEX village_by_name ON village (folded);
CREATE INDEX village_by_district ON village (district_code);
CREATE UNIQUE INDEX sponsor_name_is_unique ON sponsor (name COLLATE NOCASE);
CREATE INDEX resident_by_sponsor ON resident (sponsor_id) WHERE sponsor_id IS NOT NULL;
CREATE INDEX passport_by_resident ON passport (resident_id);
CREATE INDEX passport_current_by_expiry ON passport (expires_on) WHERE retired_on IS NULL;
CREATE INDEX residence_by_resident ON residence (resident_id);
CREATE INDEX residence_by_village ON residence (village_code);
CREATE INDEX residence_by_district ON residence (district_code) WHERE district_code IS NOT NULL;
CREATE UNIQUE INDEX residence_one_open ON residence (resident_id) WHERE until_on IS NULL;
CREATE INDEX family_link_by_resident ON family_link (resident_id);
CREATE INDEX family_link_by_relative ON family_link (relative_id) WHERE relative_id IS NOT NULL;
CREATE UNIQUE INDEX permit_one_current ON permit (resident_id) WHERE ended_on IS NULL;
CREATE INDEX permit_by_resident ON permit (resident_id, starts_on);
CREATE INDEX permit_current_by_expiry ON permit (expires_on) WHERE ended_on IS NULL;
CREATE INDEX permit_by_expiry ON permit (expires_on);
CREATE INDEX permit_closed_late ON permit (expires_on) WHERE ended_on > expires_on;
CREATE TRIGGER permit_overlap_on_insert BEFORE INSERT ON permit
WHEN EXISTS (
    SELECT 1 FROM permit AS other
    WHERE other.resident_id = NEW.resident_id
        AND coalesce(other.starts_on, '0000-01-01') < coalesce(NEW.ended_on, '9999-12-31')
        AND coalesce(NEW.starts_on, '0000-01-01') < coalesce(other.ended_on, '9999-12-31')
)
BEGIN SELECT RAISE(ABORT, 'permit_periods_do_not_overlap'); END;
CREATE TRIGGER permit_overlap_on_update BEFORE UPDATE ON permit
WHEN EXISTS (
    SELECT 1 FROM permit AS other
    WHERE other.resident_id = NEW.resident_id
        AND other.id <> NEW.id
        AND coalesce(other.starts_on, '0000-01-01') < coalesce(NEW.ended_on, '9999-12-31')
        AND coalesce(NEW.starts_on, '0000-01-01') < coalesce(other.ended_on, '9999-12-31')
)
BEGIN SELECT RAISE(ABORT, 'permit_periods_do_not_overlap'); END;
CREATE TRIGGER permit_chain_on_insert BEFORE INSERT ON permit
WHEN NEW.follows_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM permit AS before
    WHERE before.id = NEW.follows_id AND before.resident_id = NEW.resident_id AND before.ended_on IS NEW.starts_on
)
BEGIN SELECT RAISE(ABORT, 'permit_starts_where_the_one_before_ends'); END;
CREATE TRIGGER residence_overlap_on_insert BEFORE INSERT ON residence
WHEN EXISTS (
    SELECT 1 FROM residence AS other
    WHERE other.resident_id = NEW.resident_id
        AND coalesce(other.from_on, '0000-01-01') < coalesce(NEW.until_on, '9999-12-31')
        AND coalesce(NEW.from_on, '0000-01-01') < coalesce(other.until_on, '9999-12-31')
)
BEGIN SELECT RAISE(ABORT, 'residence_periods_do_not_overlap'); END;
CREATE TRIGGER residence_overlap_on_update BEFORE UPDATE ON residence
WHEN EXISTS (
    SELECT 1 FROM residence AS other
    WHERE other.resident_id = NEW.resident_id
        AND other.id <> NEW.id
        AND coalesce(other.from_on, '0000-01-01') < coalesce(NEW.until_on, '9999-12-31')
        AND coalesce(NEW.from_on, '0000-01-01') < coalesce(other.until_on, '9999-12-31')
)
BEGIN SELECT RAISE(ABORT, 'residence_periods_do_not_overlap'); END;
CREATE INDEX setting_version_by_key ON setting_version (key);
CREATE TRIGGER setting_keeps_what_was_changed AFTER UPDATE ON setting
BEGIN
    INSERT INTO setting_version (key, value, change_id, until_change) VALUES (OLD.key, OLD.value, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER setting_keeps_what_was_removed AFTER DELETE ON setting
BEGIN
    INSERT INTO setting_version (key, value, change_id, until_change) VALUES (OLD.key, OLD.value, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX province_version_by_key ON province_version (code);
CREATE TRIGGER province_keeps_what_was_changed AFTER UPDATE ON province
BEGIN
    INSERT INTO province_version (code, name, change_id, until_change) VALUES (OLD.code, OLD.name, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER province_keeps_what_was_removed AFTER DELETE ON province
BEGIN
    INSERT INTO province_version (code, name, change_id, until_change) VALUES (OLD.code, OLD.name, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX regency_version_by_key ON regency_version (code);
CREATE TRIGGER regency_keeps_what_was_changed AFTER UPDATE ON regency
BEGIN
    INSERT INTO regency_version (code, name, folded, province_code, change_id, until_change) VALUES (OLD.code, OLD.name, OLD.folded, OLD.province_code, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER regency_keeps_what_was_removed AFTER DELETE ON regency
BEGIN
    INSERT INTO regency_version (code, name, folded, province_code, change_id, until_change) VALUES (OLD.code, OLD.name, OLD.folded, OLD.province_code, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX district_version_by_key ON district_version (code);
CREATE INDEX village_version_by_key ON village_version (code);
CREATE INDEX sponsor_version_by_key ON sponsor_version (id);
CREATE TRIGGER sponsor_keeps_what_was_changed AFTER UPDATE ON sponsor
BEGIN
    INSERT INTO sponsor_version (id, name, kind, address, contact, change_id, until_change) VALUES (OLD.id, OLD.name, OLD.kind, OLD.address, OLD.contact, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER sponsor_keeps_what_was_removed AFTER DELETE ON sponsor
BEGIN
    INSERT INTO sponsor_version (id, name, kind, address, contact, change_id, until_change) VALUES (OLD.id, OLD.name, OLD.kind, OLD.address, OLD.contact, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX resident_version_by_key ON resident_version (id);
CREATE TRIGGER resident_keeps_what_was_changed AFTER UPDATE ON resident
BEGIN
    INSERT INTO resident_version (id, full_name, sex, born, birthplace, nationality, purpose_code, occupation, contact, sponsor_id, niora, arrived, departed, departed_how, note, change_id, until_change) VALUES (OLD.id, OLD.full_name, OLD.sex, OLD.born, OLD.birthplace, OLD.nationality, OLD.purpose_code, OLD.occupation, OLD.contact, OLD.sponsor_id, OLD.niora, OLD.arrived, OLD.departed, OLD.departed_how, OLD.note, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER resident_keeps_what_was_removed AFTER DELETE ON resident
BEGIN
    INSERT INTO resident_version (id, full_name, sex, born, birthplace, nationality, purpose_code, occupation, contact, sponsor_id, niora, arrived, departed, departed_how, note, change_id, until_change) VALUES (OLD.id, OLD.full_name, OLD.sex, OLD.born, OLD.birthplace, OLD.nationality, OLD.purpose_code, OLD.occupation, OLD.contact, OLD.sponsor_id, OLD.niora, OLD.arrived, OLD.departed, OLD.departed_how, OLD.note, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX passport_version_by_key ON passport_version (id);
CREATE TRIGGER passport_keeps_what_was_changed AFTER UPDATE ON passport
BEGIN
    INSERT INTO passport_version (id, resident_id, number, country, issued_on, expires_on, retired_on, change_id, until_change) VALUES (OLD.id, OLD.resident_id, OLD.number, OLD.country, OLD.issued_on, OLD.expires_on, OLD.retired_on, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER passport_keeps_what_was_removed AFTER DELETE ON passport
BEGIN
    INSERT INTO passport_version (id, resident_id, number, country, issued_on, expires_on, retired_on, change_id, until_change) VALUES (OLD.id, OLD.resident_id, OLD.number, OLD.country, OLD.issued_on, OLD.expires_on, OLD.retired_on, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX residence_version_by_key ON residence_version (id);
CREATE TRIGGER residence_keeps_what_was_changed AFTER UPDATE ON residence
BEGIN
    INSERT INTO residence_version (id, resident_id, village_code, district_code, address, rt, rw, from_on, until_on, change_id, until_change) VALUES (OLD.id, OLD.resident_id, OLD.village_code, OLD.district_code, OLD.address, OLD.rt, OLD.rw, OLD.from_on, OLD.until_on, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER residence_keeps_what_was_removed AFTER DELETE ON residence
BEGIN
    INSERT INTO residence_version (id, resident_id, village_code, district_code, address, rt, rw, from_on, until_on, change_id, until_change) VALUES (OLD.id, OLD.resident_id, OLD.village_code, OLD.district_code, OLD.address, OLD.rt, OLD.rw, OLD.from_on, OLD.until_on, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX family_link_version_by_key ON family_link_version (id);
CREATE TRIGGER family_link_keeps_what_was_changed AFTER UPDATE ON family_link
BEGIN
    INSERT INTO family_link_version (id, resident_id, relation, relative_id, citizen_name, born, from_on, until_on, change_id, until_change) VALUES (OLD.id, OLD.resident_id, OLD.relation, OLD.relative_id, OLD.citizen_name, OLD.born, OLD.from_on, OLD.until_on, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER family_link_keeps_what_was_removed AFTER DELETE ON family_link
BEGIN
    INSERT INTO family_link_version (id, resident_id, relation, relative_id, citizen_name, born, from_on, until_on, change_id, until_change) VALUES (OLD.id, OLD.resident_id, OLD.relation, OLD.relative_id, OLD.citizen_name, OLD.born, OLD.from_on, OLD.until_on, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX permit_version_by_key ON permit_version (id);
CREATE INDEX relief_version_by_key ON relief_version (code);
CREATE TRIGGER relief_keeps_what_was_changed AFTER UPDATE ON relief
BEGIN
    INSERT INTO relief_version (code, name, legal_basis, issued_on, effective_from, effective_until, expired_from, expired_until, entered_from, entered_until, in_country_only, extendable, action_required, supersedes, ended_on, source_url, verified, change_id, until_change) VALUES (OLD.code, OLD.name, OLD.legal_basis, OLD.issued_on, OLD.effective_from, OLD.effective_until, OLD.expired_from, OLD.expired_until, OLD.entered_from, OLD.entered_until, OLD.in_country_only, OLD.extendable, OLD.action_required, OLD.supersedes, OLD.ended_on, OLD.source_url, OLD.verified, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER relief_keeps_what_was_removed AFTER DELETE ON relief
BEGIN
    INSERT INTO relief_version (code, name, legal_basis, issued_on, effective_from, effective_until, expired_from, expired_until, entered_from, entered_until, in_country_only, extendable, action_required, supersedes, ended_on, source_url, verified, change_id, until_change) VALUES (OLD.code, OLD.name, OLD.legal_basis, OLD.issued_on, OLD.effective_from, OLD.effective_until, OLD.expired_from, OLD.expired_until, OLD.entered_from, OLD.entered_until, OLD.in_country_only, OLD.extendable, OLD.action_required, OLD.supersedes, OLD.ended_on, OLD.source_url, OLD.verified, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX relief_class_version_by_key ON relief_class_version (relief_code, class_code);
CREATE TRIGGER relief_class_keeps_what_was_changed AFTER UPDATE ON relief_class
BEGIN
    INSERT INTO relief_class_version (relief_code, class_code, change_id, until_change) VALUES (OLD.relief_code, OLD.class_code, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER relief_class_keeps_what_was_removed AFTER DELETE ON relief_class
BEGIN
    INSERT INTO relief_class_version (relief_code, class_code, change_id, until_change) VALUES (OLD.relief_code, OLD.class_code, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX rule_version_by_key ON rule_version (id);
CREATE TRIGGER rule_keeps_what_was_changed AFTER UPDATE ON rule
BEGIN
    INSERT INTO rule_version (id, kind, subject, value, valid_from, valid_until, legal_basis, source, verified, change_id, until_change) VALUES (OLD.id, OLD.kind, OLD.subject, OLD.value, OLD.valid_from, OLD.valid_until, OLD.legal_basis, OLD.source, OLD.verified, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER rule_keeps_what_was_removed AFTER DELETE ON rule
BEGIN
    INSERT INTO rule_version (id, kind, subject, value, valid_from, valid_until, legal_basis, source, verified, change_id, until_change) VALUES (OLD.id, OLD.kind, OLD.subject, OLD.value, OLD.valid_from, OLD.valid_until, OLD.legal_basis, OLD.source, OLD.verified, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX holiday_version_by_key ON holiday_version (day);
CREATE TRIGGER holiday_keeps_what_was_changed AFTER UPDATE ON holiday
BEGIN
    INSERT INTO holiday_version (day, name, source, change_id, until_change) VALUES (OLD.day, OLD.name, OLD.source, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER holiday_keeps_what_was_removed AFTER DELETE ON holiday
BEGIN
    INSERT INTO holiday_version (day, name, source, change_id, until_change) VALUES (OLD.day, OLD.name, OLD.source, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX expiry_mark_by_subject ON expiry_mark (subject_id, subject_change);
CREATE INDEX expiry_run_version_by_key ON expiry_run_version (id);
CREATE TRIGGER expiry_run_keeps_what_was_changed AFTER UPDATE ON expiry_run
BEGIN
    INSERT INTO expiry_run_version (id, subject, threshold, on_day, listed, change_id, until_change) VALUES (OLD.id, OLD.subject, OLD.threshold, OLD.on_day, OLD.listed, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER expiry_run_keeps_what_was_removed AFTER DELETE ON expiry_run
BEGIN
    INSERT INTO expiry_run_version (id, subject, threshold, on_day, listed, change_id, until_change) VALUES (OLD.id, OLD.subject, OLD.threshold, OLD.on_day, OLD.listed, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX expiry_mark_version_by_key ON expiry_mark_version (id);
CREATE TRIGGER expiry_mark_keeps_what_was_changed AFTER UPDATE ON expiry_mark
BEGIN
    INSERT INTO expiry_mark_version (id, run_id, subject_id, subject_change, until_on, change_id, until_change) VALUES (OLD.id, OLD.run_id, OLD.subject_id, OLD.subject_change, OLD.until_on, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER expiry_mark_keeps_what_was_removed AFTER DELETE ON expiry_mark
BEGIN
    INSERT INTO expiry_mark_version (id, run_id, subject_id, subject_change, until_on, change_id, until_change) VALUES (OLD.id, OLD.run_id, OLD.subject_id, OLD.subject_change, OLD.until_on, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX resident_by_born ON resident (born) WHERE born IS NOT NULL;
CREATE TRIGGER permit_report_of_another_class BEFORE INSERT ON permit_report
WHEN NOT EXISTS (SELECT 1 FROM permit WHERE id = NEW.permit_id AND class_code = 'KITAP')
BEGIN SELECT RAISE(ABORT, 'permit_report_is_of_a_kitap'); END;
CREATE TRIGGER permit_reported_changes_class BEFORE UPDATE OF class_code ON permit
WHEN NEW.class_code <> 'KITAP' AND EXISTS (SELECT 1 FROM permit_report WHERE permit_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'permit_report_is_of_a_kitap'); END;
CREATE INDEX permit_by_folded_number ON permit (
    upper(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(number, ' ', ''), '-', ''), '‐', ''), '‑', ''), '‒', ''), '–', ''), '—', ''), '−', ''), '﹣', ''), '－', ''))
);
CREATE INDEX resident_by_folded_niora ON resident (
    upper(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(niora, ' ', ''), '-', ''), '‐', ''), '‑', ''), '‒', ''), '–', ''), '—', ''), '−', ''), '﹣', ''), '－', ''))
) WHERE niora IS NOT NULL;
CREATE INDEX passport_named_by_resident ON passport_named (resident_id);
CREATE INDEX passport_named_by_passport ON passport_named (passport_id);
CREATE INDEX region_past_by_name ON region_past (folded);
CREATE INDEX region_past_by_parent ON region_past (parent_code);
CREATE INDEX district_successor_by_successor ON district_successor (successor_code);
CREATE INDEX village_successor_by_successor ON village_successor (successor_code);
CREATE INDEX stay_by_resident ON stay (resident_id, from_on);
CREATE UNIQUE INDEX stay_one_open ON stay (resident_id) WHERE departed IS NULL;
CREATE TRIGGER stay_overlap_on_insert BEFORE INSERT ON stay
WHEN EXISTS (
    SELECT 1 FROM stay AS other
    WHERE other.resident_id = NEW.resident_id
        AND coalesce(other.from_on, '0000-01-01') < coalesce(NEW.departed, '9999-12-31')
        AND coalesce(NEW.from_on, '0000-01-01') < coalesce(other.departed, '9999-12-31')
)
BEGIN SELECT RAISE(ABORT, 'stays_do_not_overlap'); END;
CREATE TRIGGER stay_overlap_on_update BEFORE UPDATE ON stay
WHEN EXISTS (
    SELECT 1 FROM stay AS other
    WHERE other.resident_id = NEW.resident_id
        AND other.id <> NEW.id
        AND coalesce(other.from_on, '0000-01-01') < coalesce(NEW.departed, '9999-12-31')
        AND coalesce(NEW.from_on, '0000-01-01') < coalesce(other.departed, '9999-12-31')
)
BEGIN SELECT RAISE(ABORT, 'stays_do_not_overlap'); END;
CREATE INDEX accepted_finding_version_by_key ON accepted_finding_version (key);
CREATE TRIGGER accepted_finding_keeps_what_was_changed AFTER UPDATE ON accepted_finding
BEGIN
    INSERT INTO accepted_finding_version (key, facts, reason, change_id, until_change) VALUES (OLD.key, OLD.facts, OLD.reason, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER accepted_finding_keeps_what_was_removed AFTER DELETE ON accepted_finding
BEGIN
    INSERT INTO accepted_finding_version (key, facts, reason, change_id, until_change) VALUES (OLD.key, OLD.facts, OLD.reason, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX stay_version_by_key ON stay_version (id);
CREATE TRIGGER stay_keeps_what_was_changed AFTER UPDATE ON stay
BEGIN
    INSERT INTO stay_version (id, resident_id, from_on, arrived, departed, departed_how, change_id, until_change) VALUES (OLD.id, OLD.resident_id, OLD.from_on, OLD.arrived, OLD.departed, OLD.departed_how, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER stay_keeps_what_was_removed AFTER DELETE ON stay
BEGIN
    INSERT INTO stay_version (id, resident_id, from_on, arrived, departed, departed_how, change_id, until_change) VALUES (OLD.id, OLD.resident_id, OLD.from_on, OLD.arrived, OLD.departed, OLD.departed_how, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX permit_report_version_by_key ON permit_report_version (id);
CREATE TRIGGER permit_report_keeps_what_was_changed AFTER UPDATE ON permit_report
BEGIN
    INSERT INTO permit_report_version (id, permit_id, on_day, change_id, until_change) VALUES (OLD.id, OLD.permit_id, OLD.on_day, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER permit_report_keeps_what_was_removed AFTER DELETE ON permit_report
BEGIN
    INSERT INTO permit_report_version (id, permit_id, on_day, change_id, until_change) VALUES (OLD.id, OLD.permit_id, OLD.on_day, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX passport_named_version_by_key ON passport_named_version (id);
CREATE TRIGGER passport_named_keeps_what_was_changed AFTER UPDATE ON passport_named
BEGIN
    INSERT INTO passport_named_version (id, resident_id, passport_id, on_day, retired_on, change_id, until_change) VALUES (OLD.id, OLD.resident_id, OLD.passport_id, OLD.on_day, OLD.retired_on, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER passport_named_keeps_what_was_removed AFTER DELETE ON passport_named
BEGIN
    INSERT INTO passport_named_version (id, resident_id, passport_id, on_day, retired_on, change_id, until_change) VALUES (OLD.id, OLD.resident_id, OLD.passport_id, OLD.on_day, OLD.retired_on, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX region_past_version_by_key ON region_past_version (code, until_on);
CREATE TRIGGER region_past_keeps_what_was_changed AFTER UPDATE ON region_past
BEGIN
    INSERT INTO region_past_version (code, until_on, name, folded, parent_code, change_id, until_change) VALUES (OLD.code, OLD.until_on, OLD.name, OLD.folded, OLD.parent_code, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER region_past_keeps_what_was_removed AFTER DELETE ON region_past
BEGIN
    INSERT INTO region_past_version (code, until_on, name, folded, parent_code, change_id, until_change) VALUES (OLD.code, OLD.until_on, OLD.name, OLD.folded, OLD.parent_code, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX district_successor_version_by_key ON district_successor_version (code, successor_code);
CREATE TRIGGER district_successor_keeps_what_was_changed AFTER UPDATE ON district_successor
BEGIN
    INSERT INTO district_successor_version (code, successor_code, change_id, until_change) VALUES (OLD.code, OLD.successor_code, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER district_successor_keeps_what_was_removed AFTER DELETE ON district_successor
BEGIN
    INSERT INTO district_successor_version (code, successor_code, change_id, until_change) VALUES (OLD.code, OLD.successor_code, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX village_successor_version_by_key ON village_successor_version (code, successor_code);
CREATE TRIGGER village_successor_keeps_what_was_changed AFTER UPDATE ON village_successor
BEGIN
    INSERT INTO village_successor_version (code, successor_code, change_id, until_change) VALUES (OLD.code, OLD.successor_code, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER village_successor_keeps_what_was_removed AFTER DELETE ON village_successor
BEGIN
    INSERT INTO village_successor_version (code, successor_code, change_id, until_change) VALUES (OLD.code, OLD.successor_code, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX undone_version_by_key ON undone_version (undone_id);
CREATE TRIGGER undone_keeps_what_was_changed AFTER UPDATE ON undone
BEGIN
    INSERT INTO undone_version (undone_id, change_id, until_change) VALUES (OLD.undone_id, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER undone_keeps_what_was_removed AFTER DELETE ON undone
BEGIN
    INSERT INTO undone_version (undone_id, change_id, until_change) VALUES (OLD.undone_id, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX clock_correction_version_by_key ON clock_correction_version (id);
CREATE TRIGGER clock_correction_keeps_what_was_changed AFTER UPDATE ON clock_correction
BEGIN
    INSERT INTO clock_correction_version (id, first_change, last_change, read_at, change_id, until_change) VALUES (OLD.id, OLD.first_change, OLD.last_change, OLD.read_at, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER clock_correction_keeps_what_was_removed AFTER DELETE ON clock_correction
BEGIN
    INSERT INTO clock_correction_version (id, first_change, last_change, read_at, change_id, until_change) VALUES (OLD.id, OLD.first_change, OLD.last_change, OLD.read_at, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE TRIGGER district_keeps_what_was_changed AFTER UPDATE ON district
BEGIN
    INSERT INTO district_version (code, name, folded, regency_code, ours, change_id, from_on, until_on, split_from, until_change) VALUES (OLD.code, OLD.name, OLD.folded, OLD.regency_code, OLD.ours, OLD.change_id, OLD.from_on, OLD.until_on, OLD.split_from, NEW.change_id);
END;
CREATE TRIGGER district_keeps_what_was_removed AFTER DELETE ON district
BEGIN
    INSERT INTO district_version (code, name, folded, regency_code, ours, change_id, from_on, until_on, split_from, until_change) VALUES (OLD.code, OLD.name, OLD.folded, OLD.regency_code, OLD.ours, OLD.change_id, OLD.from_on, OLD.until_on, OLD.split_from, (SELECT max(id) FROM change));
END;
CREATE TRIGGER village_keeps_what_was_changed AFTER UPDATE ON village
BEGIN
    INSERT INTO village_version (code, name, folded, kind, district_code, change_id, from_on, until_on, split_from, until_change) VALUES (OLD.code, OLD.name, OLD.folded, OLD.kind, OLD.district_code, OLD.change_id, OLD.from_on, OLD.until_on, OLD.split_from, NEW.change_id);
END;
CREATE TRIGGER village_keeps_what_was_removed AFTER DELETE ON village
BEGIN
    INSERT INTO village_version (code, name, folded, kind, district_code, change_id, from_on, until_on, split_from, until_change) VALUES (OLD.code, OLD.name, OLD.folded, OLD.kind, OLD.district_code, OLD.change_id, OLD.from_on, OLD.until_on, OLD.split_from, (SELECT max(id) FROM change));
END;
CREATE TRIGGER permit_keeps_what_was_changed AFTER UPDATE ON permit
BEGIN
    INSERT INTO permit_version (id, resident_id, class_code, index_code, number, issued_on, starts_on, valid_from, expires_on, office, follows_id, granted_as, ended_on, end_reason, note, change_id, unlimited, until_change) VALUES (OLD.id, OLD.resident_id, OLD.class_code, OLD.index_code, OLD.number, OLD.issued_on, OLD.starts_on, OLD.valid_from, OLD.expires_on, OLD.office, OLD.follows_id, OLD.granted_as, OLD.ended_on, OLD.end_reason, OLD.note, OLD.change_id, OLD.unlimited, NEW.change_id);
END;
CREATE TRIGGER permit_keeps_what_was_removed AFTER DELETE ON permit
BEGIN
    INSERT INTO permit_version (id, resident_id, class_code, index_code, number, issued_on, starts_on, valid_from, expires_on, office, follows_id, granted_as, ended_on, end_reason, note, change_id, unlimited, until_change) VALUES (OLD.id, OLD.resident_id, OLD.class_code, OLD.index_code, OLD.number, OLD.issued_on, OLD.starts_on, OLD.valid_from, OLD.expires_on, OLD.office, OLD.follows_id, OLD.granted_as, OLD.ended_on, OLD.end_reason, OLD.note, OLD.change_id, OLD.unlimited, (SELECT max(id) FROM change));
END;
CREATE INDEX stay_version_by_resident ON stay_version (resident_id);
CREATE TRIGGER permit_number_on_insert BEFORE INSERT ON permit
WHEN EXISTS (
    SELECT 1 FROM permit AS other
    WHERE upper(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(other.number, ' ', ''), '-', ''), '‐', ''), '‑', ''), '‒', ''), '–', ''), '—', ''), '−', ''), '﹣', ''), '－', ''))
        = upper(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(NEW.number, ' ', ''), '-', ''), '‐', ''), '‑', ''), '‒', ''), '–', ''), '—', ''), '−', ''), '﹣', ''), '－', ''))
        AND (
            other.resident_id <> NEW.resident_id
            OR (other.expires_on IS NEW.expires_on AND other.unlimited IS NEW.unlimited)
        )
        AND NOT EXISTS (
            SELECT 1
            FROM permit_version AS mine
            JOIN (
                SELECT id, number, resident_id, change_id, until_change FROM permit_version
                UNION ALL
                SELECT id, number, resident_id, change_id, 9223372036854775807 FROM permit
            ) AS theirs
                ON theirs.change_id < mine.until_change AND mine.change_id < theirs.until_change
            WHERE mine.id = NEW.id AND mine.number = NEW.number AND mine.resident_id = NEW.resident_id
                AND theirs.id = other.id AND theirs.number = other.number AND theirs.resident_id = other.resident_id
                AND mine.change_id < mine.until_change AND theirs.change_id < theirs.until_change
        )
)
BEGIN SELECT RAISE(ABORT, 'permit_number_is_unique'); END;
CREATE TRIGGER permit_number_on_update BEFORE UPDATE OF number, resident_id ON permit
WHEN EXISTS (
    SELECT 1 FROM permit AS other
    WHERE upper(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(other.number, ' ', ''), '-', ''), '‐', ''), '‑', ''), '‒', ''), '–', ''), '—', ''), '−', ''), '﹣', ''), '－', ''))
        = upper(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(NEW.number, ' ', ''), '-', ''), '‐', ''), '‑', ''), '‒', ''), '–', ''), '—', ''), '−', ''), '﹣', ''), '－', ''))
        AND other.id <> NEW.id
        AND (
            other.resident_id <> NEW.resident_id
            OR (other.expires_on IS NEW.expires_on AND other.unlimited IS NEW.unlimited)
        )
        AND NOT EXISTS (
            SELECT 1
            FROM permit_version AS mine
            JOIN (
                SELECT id, number, resident_id, change_id, until_change FROM permit_version
                UNION ALL
                SELECT id, number, resident_id, change_id, 9223372036854775807 FROM permit
            ) AS theirs
                ON theirs.change_id < mine.until_change AND mine.change_id < theirs.until_change
            WHERE mine.id = NEW.id AND mine.number = NEW.number AND mine.resident_id = NEW.resident_id
                AND theirs.id = other.id AND theirs.number = other.number AND theirs.resident_id = other.resident_id
                AND mine.change_id < mine.until_change AND theirs.change_id < theirs.until_change
        )
)
BEGIN SELECT RAISE(ABORT, 'permit_number_is_unique'); END;
CREATE TRIGGER resident_niora_on_insert BEFORE INSERT ON resident
WHEN NEW.niora IS NOT NULL AND EXISTS (
    SELECT 1 FROM resident AS other
    WHERE other.niora IS NOT NULL
        AND upper(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(other.niora, ' ', ''), '-', ''), '‐', ''), '‑', ''), '‒', ''), '–', ''), '—', ''), '−', ''), '﹣', ''), '－', ''))
        = upper(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(NEW.niora, ' ', ''), '-', ''), '‐', ''), '‑', ''), '‒', ''), '–', ''), '—', ''), '−', ''), '﹣', ''), '－', ''))
        AND NOT EXISTS (
            SELECT 1
            FROM resident_version AS mine
            JOIN (
                SELECT id, niora, change_id, until_change FROM resident_version
                UNION ALL
                SELECT id, niora, change_id, 9223372036854775807 FROM resident
            ) AS theirs
                ON theirs.change_id < mine.until_change AND mine.change_id < theirs.until_change
            WHERE mine.id = NEW.id AND mine.niora = NEW.niora
                AND theirs.id = other.id AND theirs.niora = other.niora
                AND mine.change_id < mine.until_change AND theirs.change_id < theirs.until_change
        )
)
BEGIN SELECT RAISE(ABORT, 'resident_niora_names_one_person'); END;
CREATE TRIGGER resident_niora_on_update BEFORE UPDATE OF niora ON resident
WHEN NEW.niora IS NOT NULL AND EXISTS (
    SELECT 1 FROM resident AS other
    WHERE other.niora IS NOT NULL
        AND upper(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(other.niora, ' ', ''), '-', ''), '‐', ''), '‑', ''), '‒', ''), '–', ''), '—', ''), '−', ''), '﹣', ''), '－', ''))
        = upper(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(NEW.niora, ' ', ''), '-', ''), '‐', ''), '‑', ''), '‒', ''), '–', ''), '—', ''), '−', ''), '﹣', ''), '－', ''))
        AND other.id <> NEW.id
        AND NOT EXISTS (
            SELECT 1
            FROM resident_version AS mine
            JOIN (
                SELECT id, niora, change_id, until_change FROM resident_version
                UNION ALL
                SELECT id, niora, change_id, 9223372036854775807 FROM resident
            ) AS theirs
                ON theirs.change_id < mine.until_change AND mine.change_id < theirs.until_change
            WHERE mine.id = NEW.id AND mine.niora = NEW.niora
                AND theirs.id = other.id AND theirs.niora = other.niora
                AND mine.change_id < mine.until_change AND theirs.change_id < theirs.until_change
        )
)
BEGIN SELECT RAISE(ABORT, 'resident_niora_names_one_person'); END;
CREATE INDEX remembered_mapping_version_by_key ON remembered_mapping_version (header_row, column_named);
CREATE TRIGGER remembered_mapping_keeps_what_was_changed AFTER UPDATE ON remembered_mapping
BEGIN
    INSERT INTO remembered_mapping_version (header_row, column_named, field, change_id, until_change) VALUES (OLD.header_row, OLD.column_named, OLD.field, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER remembered_mapping_keeps_what_was_removed AFTER DELETE ON remembered_mapping
BEGIN
    INSERT INTO remembered_mapping_version (header_row, column_named, field, change_id, until_change) VALUES (OLD.header_row, OLD.column_named, OLD.field, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX case_step_by_kind ON case_step (kind_code, position);
CREATE INDEX case_file_by_resident ON case_file (resident_id) WHERE resident_id IS NOT NULL;
CREATE INDEX case_event_by_case ON case_event (case_id, at);
CREATE INDEX case_kind_version_by_key ON case_kind_version (code);
CREATE TRIGGER case_kind_keeps_what_was_changed AFTER UPDATE ON case_kind
BEGIN
    INSERT INTO case_kind_version (code, position, name_id, name_en, change_id, until_change) VALUES (OLD.code, OLD.position, OLD.name_id, OLD.name_en, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER case_kind_keeps_what_was_removed AFTER DELETE ON case_kind
BEGIN
    INSERT INTO case_kind_version (code, position, name_id, name_en, change_id, until_change) VALUES (OLD.code, OLD.position, OLD.name_id, OLD.name_en, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX case_state_version_by_key ON case_state_version (code);
CREATE TRIGGER case_state_keeps_what_was_changed AFTER UPDATE ON case_state
BEGIN
    INSERT INTO case_state_version (code, position, name_id, name_en, is_closed, needs, source, change_id, until_change) VALUES (OLD.code, OLD.position, OLD.name_id, OLD.name_en, OLD.is_closed, OLD.needs, OLD.source, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER case_state_keeps_what_was_removed AFTER DELETE ON case_state
BEGIN
    INSERT INTO case_state_version (code, position, name_id, name_en, is_closed, needs, source, change_id, until_change) VALUES (OLD.code, OLD.position, OLD.name_id, OLD.name_en, OLD.is_closed, OLD.needs, OLD.source, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX case_follow_version_by_key ON case_follow_version (state_code, next_code);
CREATE TRIGGER case_follow_keeps_what_was_changed AFTER UPDATE ON case_follow
BEGIN
    INSERT INTO case_follow_version (state_code, next_code, change_id, until_change) VALUES (OLD.state_code, OLD.next_code, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER case_follow_keeps_what_was_removed AFTER DELETE ON case_follow
BEGIN
    INSERT INTO case_follow_version (state_code, next_code, change_id, until_change) VALUES (OLD.state_code, OLD.next_code, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX case_step_version_by_key ON case_step_version (code);
CREATE TRIGGER case_step_keeps_what_was_changed AFTER UPDATE ON case_step
BEGIN
    INSERT INTO case_step_version (code, kind_code, position, text_id, text_en, papers_id, papers_en, is_needed, counted_from, rule_kind, rule_subject, valid_from, valid_until, source, verified, change_id, until_change) VALUES (OLD.code, OLD.kind_code, OLD.position, OLD.text_id, OLD.text_en, OLD.papers_id, OLD.papers_en, OLD.is_needed, OLD.counted_from, OLD.rule_kind, OLD.rule_subject, OLD.valid_from, OLD.valid_until, OLD.source, OLD.verified, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER case_step_keeps_what_was_removed AFTER DELETE ON case_step
BEGIN
    INSERT INTO case_step_version (code, kind_code, position, text_id, text_en, papers_id, papers_en, is_needed, counted_from, rule_kind, rule_subject, valid_from, valid_until, source, verified, change_id, until_change) VALUES (OLD.code, OLD.kind_code, OLD.position, OLD.text_id, OLD.text_en, OLD.papers_id, OLD.papers_en, OLD.is_needed, OLD.counted_from, OLD.rule_kind, OLD.rule_subject, OLD.valid_from, OLD.valid_until, OLD.source, OLD.verified, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX case_file_version_by_key ON case_file_version (id);
CREATE TRIGGER case_file_keeps_what_was_changed AFTER UPDATE ON case_file
BEGIN
    INSERT INTO case_file_version (id, kind_code, reported_at, reporter, happened_on, village_code, district_code, place, report, owner, resident_id, change_id, until_change) VALUES (OLD.id, OLD.kind_code, OLD.reported_at, OLD.reporter, OLD.happened_on, OLD.village_code, OLD.district_code, OLD.place, OLD.report, OLD.owner, OLD.resident_id, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER case_file_keeps_what_was_removed AFTER DELETE ON case_file
BEGIN
    INSERT INTO case_file_version (id, kind_code, reported_at, reporter, happened_on, village_code, district_code, place, report, owner, resident_id, change_id, until_change) VALUES (OLD.id, OLD.kind_code, OLD.reported_at, OLD.reporter, OLD.happened_on, OLD.village_code, OLD.district_code, OLD.place, OLD.report, OLD.owner, OLD.resident_id, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX case_event_version_by_key ON case_event_version (id);
CREATE TRIGGER case_event_keeps_what_was_changed AFTER UPDATE ON case_event
BEGIN
    INSERT INTO case_event_version (id, case_id, at, state_code, other_case_id, step_code, settled, note, change_id, until_change) VALUES (OLD.id, OLD.case_id, OLD.at, OLD.state_code, OLD.other_case_id, OLD.step_code, OLD.settled, OLD.note, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER case_event_keeps_what_was_removed AFTER DELETE ON case_event
BEGIN
    INSERT INTO case_event_version (id, case_id, at, state_code, other_case_id, step_code, settled, note, change_id, until_change) VALUES (OLD.id, OLD.case_id, OLD.at, OLD.state_code, OLD.other_case_id, OLD.step_code, OLD.settled, OLD.note, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX inspection_by_day ON inspection (on_day);
CREATE INDEX inspection_resident_by_inspection ON inspection_resident (inspection_id);
CREATE INDEX inspection_resident_by_resident ON inspection_resident (resident_id, inspection_id);
CREATE INDEX inspection_version_by_key ON inspection_version (id);
CREATE TRIGGER inspection_keeps_what_was_changed AFTER UPDATE ON inspection
BEGIN
    INSERT INTO inspection_version (id, on_day, officers, letter_number, letter_on, is_urgent, village_code, district_code, place, finding, case_id, change_id, until_change) VALUES (OLD.id, OLD.on_day, OLD.officers, OLD.letter_number, OLD.letter_on, OLD.is_urgent, OLD.village_code, OLD.district_code, OLD.place, OLD.finding, OLD.case_id, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER inspection_keeps_what_was_removed AFTER DELETE ON inspection
BEGIN
    INSERT INTO inspection_version (id, on_day, officers, letter_number, letter_on, is_urgent, village_code, district_code, place, finding, case_id, change_id, until_change) VALUES (OLD.id, OLD.on_day, OLD.officers, OLD.letter_number, OLD.letter_on, OLD.is_urgent, OLD.village_code, OLD.district_code, OLD.place, OLD.finding, OLD.case_id, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX inspection_resident_version_by_key ON inspection_resident_version (id);
CREATE TRIGGER inspection_resident_keeps_what_was_changed AFTER UPDATE ON inspection_resident
BEGIN
    INSERT INTO inspection_resident_version (id, inspection_id, resident_id, is_seen, address, address_found, class, class_found, activity, activity_found, change_id, until_change) VALUES (OLD.id, OLD.inspection_id, OLD.resident_id, OLD.is_seen, OLD.address, OLD.address_found, OLD.class, OLD.class_found, OLD.activity, OLD.activity_found, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER inspection_resident_keeps_what_was_removed AFTER DELETE ON inspection_resident
BEGIN
    INSERT INTO inspection_resident_version (id, inspection_id, resident_id, is_seen, address, address_found, class, class_found, activity, activity_found, change_id, until_change) VALUES (OLD.id, OLD.inspection_id, OLD.resident_id, OLD.is_seen, OLD.address, OLD.address_found, OLD.class, OLD.class_found, OLD.activity, OLD.activity_found, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE UNIQUE INDEX meeting_invited_once ON meeting_invited (
    meeting_id, institution COLLATE NOCASE, coalesce(office, '') COLLATE NOCASE
);
CREATE INDEX meeting_present_by_meeting ON meeting_present (meeting_id);
CREATE INDEX meeting_present_by_invited ON meeting_present (invited_id) WHERE invited_id IS NOT NULL;
CREATE INDEX meeting_item_by_meeting ON meeting_item (meeting_id, kind, position);
CREATE INDEX decision_by_meeting ON decision (meeting_id);
CREATE UNIQUE INDEX letterhead_line_is_one ON letterhead (valid_from, position);
CREATE INDEX meeting_version_by_key ON meeting_version (id);
CREATE TRIGGER meeting_keeps_what_was_changed AFTER UPDATE ON meeting
BEGIN
    INSERT INTO meeting_version (id, level, on_day, begins_at, ends_at, place, theme, opened_by, chair, secretary, note_taker, letter_number, letter_on, nature, attachments, signer, signer_office, signer_number, closed_on, closed_change, no_decisions, change_id, until_change) VALUES (OLD.id, OLD.level, OLD.on_day, OLD.begins_at, OLD.ends_at, OLD.place, OLD.theme, OLD.opened_by, OLD.chair, OLD.secretary, OLD.note_taker, OLD.letter_number, OLD.letter_on, OLD.nature, OLD.attachments, OLD.signer, OLD.signer_office, OLD.signer_number, OLD.closed_on, OLD.closed_change, OLD.no_decisions, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER meeting_keeps_what_was_removed AFTER DELETE ON meeting
BEGIN
    INSERT INTO meeting_version (id, level, on_day, begins_at, ends_at, place, theme, opened_by, chair, secretary, note_taker, letter_number, letter_on, nature, attachments, signer, signer_office, signer_number, closed_on, closed_change, no_decisions, change_id, until_change) VALUES (OLD.id, OLD.level, OLD.on_day, OLD.begins_at, OLD.ends_at, OLD.place, OLD.theme, OLD.opened_by, OLD.chair, OLD.secretary, OLD.note_taker, OLD.letter_number, OLD.letter_on, OLD.nature, OLD.attachments, OLD.signer, OLD.signer_office, OLD.signer_number, OLD.closed_on, OLD.closed_change, OLD.no_decisions, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX meeting_invited_version_by_key ON meeting_invited_version (id);
CREATE TRIGGER meeting_invited_keeps_what_was_changed AFTER UPDATE ON meeting_invited
BEGIN
    INSERT INTO meeting_invited_version (id, meeting_id, institution, office, change_id, until_change) VALUES (OLD.id, OLD.meeting_id, OLD.institution, OLD.office, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER meeting_invited_keeps_what_was_removed AFTER DELETE ON meeting_invited
BEGIN
    INSERT INTO meeting_invited_version (id, meeting_id, institution, office, change_id, until_change) VALUES (OLD.id, OLD.meeting_id, OLD.institution, OLD.office, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX meeting_present_version_by_key ON meeting_present_version (id);
CREATE TRIGGER meeting_present_keeps_what_was_changed AFTER UPDATE ON meeting_present
BEGIN
    INSERT INTO meeting_present_version (id, meeting_id, invited_id, institution, name, office, stands_in_for, change_id, until_change) VALUES (OLD.id, OLD.meeting_id, OLD.invited_id, OLD.institution, OLD.name, OLD.office, OLD.stands_in_for, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER meeting_present_keeps_what_was_removed AFTER DELETE ON meeting_present
BEGIN
    INSERT INTO meeting_present_version (id, meeting_id, invited_id, institution, name, office, stands_in_for, change_id, until_change) VALUES (OLD.id, OLD.meeting_id, OLD.invited_id, OLD.institution, OLD.name, OLD.office, OLD.stands_in_for, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX meeting_item_version_by_key ON meeting_item_version (id);
CREATE TRIGGER meeting_item_keeps_what_was_changed AFTER UPDATE ON meeting_item
BEGIN
    INSERT INTO meeting_item_version (id, meeting_id, kind, position, text, change_id, until_change) VALUES (OLD.id, OLD.meeting_id, OLD.kind, OLD.position, OLD.text, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER meeting_item_keeps_what_was_removed AFTER DELETE ON meeting_item
BEGIN
    INSERT INTO meeting_item_version (id, meeting_id, kind, position, text, change_id, until_change) VALUES (OLD.id, OLD.meeting_id, OLD.kind, OLD.position, OLD.text, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX decision_version_by_key ON decision_version (id);
CREATE TRIGGER decision_keeps_what_was_changed AFTER UPDATE ON decision
BEGIN
    INSERT INTO decision_version (id, meeting_id, text, owner, due_on, ended_on, ended_as, ended_reason, change_id, until_change) VALUES (OLD.id, OLD.meeting_id, OLD.text, OLD.owner, OLD.due_on, OLD.ended_on, OLD.ended_as, OLD.ended_reason, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER decision_keeps_what_was_removed AFTER DELETE ON decision
BEGIN
    INSERT INTO decision_version (id, meeting_id, text, owner, due_on, ended_on, ended_as, ended_reason, change_id, until_change) VALUES (OLD.id, OLD.meeting_id, OLD.text, OLD.owner, OLD.due_on, OLD.ended_on, OLD.ended_as, OLD.ended_reason, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX letterhead_version_by_key ON letterhead_version (id);
CREATE TRIGGER letterhead_keeps_what_was_changed AFTER UPDATE ON letterhead
BEGIN
    INSERT INTO letterhead_version (id, valid_from, position, text, change_id, until_change) VALUES (OLD.id, OLD.valid_from, OLD.position, OLD.text, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER letterhead_keeps_what_was_removed AFTER DELETE ON letterhead
BEGIN
    INSERT INTO letterhead_version (id, valid_from, position, text, change_id, until_change) VALUES (OLD.id, OLD.valid_from, OLD.position, OLD.text, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE UNIQUE INDEX letter_person_once ON letter_person (letter_id, permit_id);
CREATE INDEX letter_person_by_permit ON letter_person (permit_id);
CREATE INDEX letter_version_by_key ON letter_version (id);
CREATE TRIGGER letter_keeps_what_was_changed AFTER UPDATE ON letter
BEGIN
    INSERT INTO letter_version (id, on_day, addressee, sponsor_id, family_link_id, change_id, until_change) VALUES (OLD.id, OLD.on_day, OLD.addressee, OLD.sponsor_id, OLD.family_link_id, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER letter_keeps_what_was_removed AFTER DELETE ON letter
BEGIN
    INSERT INTO letter_version (id, on_day, addressee, sponsor_id, family_link_id, change_id, until_change) VALUES (OLD.id, OLD.on_day, OLD.addressee, OLD.sponsor_id, OLD.family_link_id, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE INDEX letter_person_version_by_key ON letter_person_version (id);
CREATE TRIGGER letter_person_keeps_what_was_changed AFTER UPDATE ON letter_person
BEGIN
    INSERT INTO letter_person_version (id, letter_id, permit_id, until_on, change_id, until_change) VALUES (OLD.id, OLD.letter_id, OLD.permit_id, OLD.until_on, OLD.change_id, NEW.change_id);
END;
CREATE TRIGGER letter_person_keeps_what_was_removed AFTER DELETE ON letter_person
BEGIN
    INSERT INTO letter_person_version (id, letter_id, permit_id, until_on, change_id, until_change) VALUES (OLD.id, OLD.letter_id, OLD.permit_id, OLD.until_on, OLD.change_id, (SELECT max(id) FROM change));
END;
CREATE VIEW change_moment AS
SELECT
    change.id AS change_id,
    coalesce(
        (
            SELECT clock_correction.read_at
            FROM clock_correction
            WHERE change.id BETWEEN clock_correction.first_change AND clock_correction.last_change
            ORDER BY clock_correction.id DESC
            LIMIT 1
        ),
        change.at
    ) AS at,
    change.at AS recorded_at
FROM change;
CREATE VIEW relief_span AS
-- From the last relief of each chain back to the first: until when it speaks, and from when it or a later one does.
WITH RECURSIVE turn (code, supersedes, effective_from, speaks_until, taken_over_on) AS (
    SELECT
        code,
        supersedes,
        effective_from,
        coalesce(ended_on, '9999-12-31'),
        iif(effective_from < coalesce(ended_on, '9999-12-31'), effective_from, '9999-12-31')
    FROM relief
    WHERE code NOT IN (SELECT supersedes FROM relief WHERE supersedes IS NOT NULL)
    UNION ALL
    SELECT
        relief.code,
        relief.supersedes,
        relief.effective_from,
        min(coalesce(relief.ended_on, '9999-12-31'), turn.taken_over_on),
        iif(
            relief.effective_from < min(coalesce(relief.ended_on, '9999-12-31'), turn.taken_over_on),
            relief.effective_from,
            turn.taken_over_on
        )
    FROM turn
    JOIN relief ON relief.code = turn.supersedes
),
spoken (code, effective_from, speaks_until) AS (
    SELECT code, effective_from, speaks_until FROM turn WHERE effective_from < speaks_until
),
chain (code, ancestor) AS (
    SELECT code, code FROM relief
    UNION
    SELECT chain.code, relief.supersedes
    FROM chain
    JOIN relief ON relief.code = chain.ancestor
    WHERE relief.supersedes IS NOT NULL
)
SELECT
    relief.code,
    relief.name,
    relief.effective_from AS speaks_from,
    spoken.speaks_until,
    coalesce(relief.effective_until, '9999-12-31') AS keeps_valid_until,
    coalesce(
        relief.expired_from,
        (
            SELECT min(ancestor.effective_from)
            FROM chain
            JOIN spoken AS ancestor ON ancestor.code = chain.ancestor
            WHERE chain.code = relief.code
        )
    ) AS expired_from,
    coalesce(relief.expired_until, '9999-12-31') AS expired_until,
    relief.entered_from,
    relief.entered_until
FROM relief
JOIN spoken ON spoken.code = relief.code;
CREATE VIEW last_stay AS
SELECT stay.resident_id, stay.from_on, stay.arrived, stay.departed, stay.departed_how
FROM stay
WHERE stay.id IS (
    SELECT other.id FROM stay AS other
    WHERE other.resident_id = stay.resident_id
    ORDER BY other.departed IS NOT NULL, other.departed DESC, other.from_on DESC
    LIMIT 1
);
CREATE VIEW relief_offer AS
SELECT
    permit.id AS permit_id,
    permit.resident_id,
    permit.ended_on,
    relief_span.code AS relief_code,
    relief_span.name AS relief_name,
    relief_span.speaks_from,
    relief_span.speaks_until,
    relief_span.keeps_valid_until,
    iif(
        relief_span.speaks_until = '9999-12-31',
        relief_span.keeps_valid_until,
        min(relief_span.keeps_valid_until, date(relief_span.speaks_until, '-1 day'))
    ) AS kept_until,
    relief_span.entered_from,
    relief_span.entered_until
FROM permit
JOIN relief_class ON relief_class.class_code = permit.class_code
JOIN relief_span ON relief_span.code = relief_class.relief_code
WHERE permit.expires_on BETWEEN relief_span.expired_from AND relief_span.expired_until
    AND permit.expires_on < relief_span.keeps_valid_until;
CREATE VIEW relief_coverage AS
SELECT permit_id, relief_code, relief_name, speaks_from, speaks_until, keeps_valid_until, kept_until
FROM (
    SELECT
        relief_offer.*,
        iif(
            entered_from IS NULL AND entered_until IS NULL,
            NULL,
            (
                SELECT stay.arrived FROM stay
                WHERE stay.resident_id = relief_offer.resident_id
                    AND (relief_offer.ended_on IS NULL OR stay.from_on IS NULL OR stay.from_on < relief_offer.ended_on)
                ORDER BY stay.departed IS NOT NULL, stay.departed DESC, stay.from_on DESC
                LIMIT 1
            )
        ) AS entered
    FROM relief_offer
)
WHERE (entered_from IS NULL OR entered >= entered_from) AND (entered_until IS NULL OR entered <= entered_until);
CREATE VIEW current_permit AS
SELECT
    permit.id AS permit_id,
    permit.resident_id,
    resident.full_name,
    resident.nationality,
    permit.class_code AS class,
    permit_class.group_code AS permit_group,
    permit.index_code,
    permit.number AS permit_number,
    permit.issued_on,
    permit.valid_from,
    permit.expires_on,
    permit.office,
    permit.granted_as,
    permit.follows_id,
    permit.unlimited
FROM permit
JOIN resident ON resident.id = permit.resident_id
JOIN permit_class ON permit_class.code = permit.class_code
WHERE permit.ended_on IS NULL;
CREATE VIEW current_residence AS
SELECT
    residence.resident_id,
    residence.from_on AS since,
    residence.address,
    residence.rt,
    residence.rw,
    village.code AS village_code,
    village.name AS village,
    district.code AS district_code,
    district.name AS district,
    regency.code AS regency_code,
    regency.name AS regency
FROM residence
LEFT JOIN village ON village.code = residence.village_code
LEFT JOIN district ON district.code = coalesce(village.district_code, residence.district_code)
LEFT JOIN regency ON regency.code = district.regency_code
WHERE residence.until_on IS NULL;
CREATE VIEW expiry AS
SELECT
    current_permit.resident_id,
    current_permit.full_name,
    current_permit.nationality,
    current_permit.class,
    current_permit.permit_id,
    current_permit.permit_number,
    current_permit.expires_on,
    max(
        current_permit.expires_on,
        coalesce(
            (
                SELECT max(relief_coverage.kept_until)
                FROM relief_coverage
                WHERE relief_coverage.permit_id = current_permit.permit_id
            ),
            current_permit.expires_on
        )
    ) AS effective_until,
    current_residence.village,
    current_residence.district,
    current_residence.district_code,
    current_permit.unlimited
FROM current_permit
LEFT JOIN current_residence ON current_residence.resident_id = current_permit.resident_id;
CREATE VIEW district_count AS
WITH place (district_code, district) AS (
    SELECT code, name FROM district WHERE ours = 1 AND until_on IS NULL
    UNION
    SELECT district_code, district FROM current_residence
)
SELECT
    place.district,
    place.district_code,
    count(current_residence.resident_id) FILTER (WHERE current_permit.permit_group = 'KITAP') AS kitap,
    count(current_residence.resident_id) FILTER (WHERE current_permit.permit_group = 'KITAS') AS kitas,
    count(current_residence.resident_id) FILTER (WHERE current_permit.permit_group = 'VISIT') AS visit,
    count(current_residence.resident_id) FILTER (WHERE current_permit.permit_group = 'ITKT') AS itkt,
    count(current_residence.resident_id) FILTER (WHERE current_permit.permit_group = 'OFFICIAL') AS official,
    count(current_residence.resident_id) FILTER (WHERE current_permit.permit_id IS NULL) AS none,
    count(current_residence.resident_id) AS total
FROM place
LEFT JOIN current_residence ON current_residence.district_code IS place.district_code
LEFT JOIN current_permit ON current_permit.resident_id = current_residence.resident_id
GROUP BY place.district_code
ORDER BY total DESC, place.district;
COMMIT;
