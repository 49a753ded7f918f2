import './record-connections.ts';
import '../../src/main/parser-process.ts';
