/** Pointer shapes: decoded, cached, and drawn into a picture on request. */
package porthole.graphics.pointer;
