// Everything that is on every page. Each part looks for its own marks and does nothing where there are none.
import { wireForms } from "./modules/forms.js";
import { glide } from "./modules/glide.js";
import { loadHanzi } from "./modules/hanzi.js";
import { wireInstalled } from "./modules/installed.js";
import { goLive } from "./modules/live.js";
import { wireMenus } from "./modules/menu.js";
import { wirePalette } from "./modules/palette.js";
import { pollPage } from "./modules/poll.js";
import { sayWhatScriptsDo } from "./modules/scripted.js";
import { wireTest } from "./modules/test.js";
import { wireTheme } from "./modules/theme.js";
import { followToc } from "./modules/toc.js";
import { wireWorksheet } from "./modules/worksheet.js";

sayWhatScriptsDo();
glide();
wireForms();
wireMenus();
wireTheme();
wireTest();
wireWorksheet();
followToc();
loadHanzi();
pollPage();
wireInstalled();
wirePalette();
goLive();
