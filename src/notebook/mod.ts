/**
 * What notebooks show: figures, tables, answers with their notes, progress.
 *
 * @module
 */
export { answerView } from "./answer.ts";
export { figureView } from "./figure.ts";
export { notebookProgress } from "./progress.ts";
export { type CellValue, tableView } from "./table.ts";
export { display, JUPYTER_DISPLAY, type MediaBundle, type View } from "./view.ts";
