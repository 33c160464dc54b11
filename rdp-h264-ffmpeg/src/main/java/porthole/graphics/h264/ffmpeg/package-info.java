/** H.264 decoding by FFmpeg's libraries. */
package porthole.graphics.h264.ffmpeg;
