/** Bitmap codecs: each turns the octets of one bitmap into pixels and trusts none of them. */
package porthole.graphics.codec;
