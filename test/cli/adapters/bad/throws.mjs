/** An adapter that does not even begin. */
throw new Error('the vendor forgot something')
