/** H.264 decoding and MP4 writing by FFmpeg's libraries. */
package porthole.graphics.h264.ffmpeg;
