/** Bitmaps that hosts let the client keep from one session to the next. */
package porthole.client.bitmapcache;
