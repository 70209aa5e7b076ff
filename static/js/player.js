// The lesson player and the transcript reader. The parts know nothing of each other; these files introduce them.
import { wireReader } from "./player/reading.js";
import { wirePlayer } from "./player/wire.js";

for (const root of document.querySelectorAll("[data-player]")) wirePlayer(root);
for (const root of document.querySelectorAll("[data-reader]")) wireReader(root);
