/** H.264 pictures of the graphics pipeline: what they look like on the wire, and how their planes become pixels. */
package porthole.graphics.h264;
