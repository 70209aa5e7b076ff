// The lesson player. The parts know nothing of each other; this file introduces them.
import { wirePlayer } from "./player/wire.js";

for (const root of document.querySelectorAll("[data-player]")) wirePlayer(root);
