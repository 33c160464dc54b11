/** What a host keeps at the client for its drawing orders: bitmaps, glyphs, brushes, colour tables and surfaces. */
package porthole.graphics.cache;
