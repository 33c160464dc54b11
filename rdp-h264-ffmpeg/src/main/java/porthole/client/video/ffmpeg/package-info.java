/** MP4 writing by FFmpeg's libraries. */
package porthole.client.video.ffmpeg;
