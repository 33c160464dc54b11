/** H.264 decoding in pure Java, with the names and clauses of ITU-T H.264: progressive 4:2:0 pictures of eight bits, at once. */
package porthole.graphics.h264.software;
