// The thread that takes PDFs apart. It answers whoever started it.
import 'pdfjs-dist/build/pdf.worker.min.mjs';
